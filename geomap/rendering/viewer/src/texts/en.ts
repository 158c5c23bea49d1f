// English. Every other language has the same keys: the compiler sees to it.
import { correcting } from "./correcting.en";
import { makeCounter } from "./plural";

const counted = makeCounter("en");

export const en = {
  language: "en",
  correcting,
  // counts
  reports: counted({ one: "report", other: "reports" }),
  places: counted({ one: "place", other: "places" }),
  mentions: counted({ one: "mention", other: "mentions" }),
  excerpts: counted({ one: "excerpt", other: "excerpts" }),
  names: counted({ one: "name", other: "names" }),
  partOf: (shown: string, all: string) => `${shown} of ${all}`,
  reportsOf: (shown: string, all: string) => `${shown} of ${all} reports`,
  placesOf: (shown: string, all: string) => `${shown} of ${all} places`,
  mentionsOf: (shown: string, all: string) => `${shown} of ${all} mentions`,
  undated: (count: string) => `${count} undated`,
  made: (version: string, date: string) => ["geomap", version, "· file of", date].filter(Boolean).join(" "),
  more: (count: string, left: string) => `Show ${count} more (${left} left)`,
  noReports: "This map holds no reports.",

  // find
  search: "Search reports and places",
  searchHint: "All words must occur; “quoted words” must stand together. Press / to get here.",
  suggestions: "Places that fit",
  clearSearch: "Empty the search",
  partlySearched: (loaded: string, all: string) => `The texts of ${loaded} of ${all} reports are loaded and searched.`,
  searchAll: "Load and search all of them",

  // filters
  filters: "Filters",
  clearAll: "Clear all",
  remove: (filter: string) => `Remove the filter ${filter}`,
  activeFilters: "Filters that are set",
  source: "Source",
  country: "Country",
  kind: "Kind of place",
  confidence: "Confidence",
  usage: "Usage",
  noSource: "No source",
  noCountry: "No country",
  allConfidence: "All",
  fromConfidence: (percent: string) => `At least ${percent}`,
  literal: "Something is or happens there",
  associative: "Stands for a government, team or people (“Moscow denied”)",
  demonyms: "Peoples and nationalities (“Russian troops”)",
  withAssociative: "with indirect names",
  withDemonyms: "with nationalities",
  withoutUndated: "without undated reports",
  showAll: (count: string) => `Show all ${count}`,
  showFewer: "Show fewer",
  findIn: (facet: string) => `Find in ${facet}`,

  // lists
  tabs: "Lists",
  reportsTab: "Reports",
  placesTab: "Places",
  doubtTab: "Doubtful",
  inView: (count: string) => `In the map’s view · ${count}`,
  outOfView: (count: string) => `Outside the map’s view · ${count}`,
  order: "Order",
  byMentions: "most mentions",
  byName: "name",
  byDate: "newest",
  byDateUp: "oldest",
  nothingMatches: "Nothing matches the search and the filters.",
  nothingShown: "These reports name no place, or only indirectly.",
  elsewhere: (reports: string) => `These words also occur in ${reports}, away from any place:`,
  placeless: (reports: string) => `${reports} without a place on the map:`,
  copies: counted({ one: "other report tells the same", other: "other reports tell the same" }),
  noTitle: "Untitled report",
  noDate: "no date",

  // doubt
  doubtfulHeading: "Doubtful places",
  doubtfulNote: "Confidence below 50%: another place of that name may be meant, or no place at all.",
  unresolvedHeading: "Names without a place",
  unresolvedNote: "No gazetteer entry was found for these names. They are not on the map.",
  nothingDoubtful: "Nothing doubtful under these filters.",
  allResolved: "Every name was found.",
  allMentions: (mentions: string) => `All ${mentions}`,

  // place
  details: "Chosen place",
  close: "Close",
  back: (where: string) => `Back to ${where}`,
  doubtful: "doubtful",
  approximatePlace: (kilometres: string) => `No source gives its point: it stands where its district or community does, and lies within about ${kilometres} km.`,
  doubtfulPlace: "Doubtful: this may be another place, or no place at all.",
  displaced: (distance: string, direction: string, anchor: string) => `About ${distance} km ${direction} of ${anchor}`,
  population: (count: string) => `population ${count}`,
  oneSpot: (places: string) => `${places} at this spot`,
  underFilters: "The filters that are set hide the others.",
  hiddenPlace: "The search and the filters hide every mention of this place.",
  leftPlace: "After corrections nothing names this place any more.",
  original: "Original report",
  read: "Read in full",
  whyHere: "Why here?",
  evidence: "What was weighed",
  noEvidence: "The file holds no evidence for this mention.",
  alternatives: "Other places that were considered",
  noAlternatives: "No other place of this name was considered.",
  corrected: "Set by hand in corrections.csv.",
  correctedHere: "Corrected on this page, since the map was built.",
  chance: (percent: string) => `confidence ${percent}`,
  cite: "Copy citation",
  copied: "Copied.",
  notCopied: "The browser does not let this page copy.",
  citation: (quote: string, source: string) => `“${quote}” ${source}`,

  // reader
  reader: "Report",
  textMissing: "The text of this report lies in a file beside this map that is missing. Keep the files together.",
  loading: "Loading the text …",
  nameHere: (name: string, times: string) => `${name}: ${times} in this report`,
  openPlace: "All its excerpts",
  previousReport: "Previous report",
  nextReport: "Next report",
  placesHere: "Places in this report",
  noPlacesHere: "This report names no place.",

  // time
  time: "Time",
  timeline: "Reports by date",
  play: "Play",
  pause: "Pause",
  earlier: "Earlier",
  later: "Later",
  step: "Step",
  steps: { day: "Day", week: "Week", month: "Month" },
  firstDay: "First day",
  lastDay: "Last day",
  allDates: "All dates",
  showUndated: (count: string) => `Undated (${count})`,
  histogram: (days: string, mentions: string) => `Mentions by date, ${days}: ${mentions} shown. Drag to choose a period.`,

  // out of the map
  share: "Export and share",
  exportNote: (mentions: string, places: string) => `What is shown now: ${mentions}, ${places}`,
  asCsv: "Table (CSV)",
  asGeoJson: "GIS layer (GeoJSON)",
  asKml: "Google Earth (KML)",
  print: "Print",
  copyLink: "Copy link to this view",
  csvHint: "one row for each mention",
  geoJsonHint: "one point for each mention",
  kmlHint: "one placemark for each place",

  // map
  map: "Map of the places",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  home: "Show all places",
  showTime: "Show the timeline",
  lists: "Lists and search",
  tiles: (host: string) => `Map tiles of ${host}`,
  tilesWarning: (host: string) =>
    `While this is on, ${host} sees your network address and which part of the map you look at. Nothing else on this page is sent to anyone.`,
  credit: "Natural Earth · GeoNames · borders: UN view",

  // words
  directions: ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"],
  kinds: {
    country: "country",
    region: "region",
    district: "district",
    capital: "capital",
    city: "city",
    town: "town",
    village: "village",
    part: "part of a city",
    water: "water",
    area: "area",
    building: "site",
    relief: "landform",
    road: "road or railway",
    forest: "forest",
    undersea: "undersea",
    point: "point",
  },
  notes: { coordinates: "coordinates", associative: "indirect", demonym: "nationality" },

  // about
  about: "About this map",
  creditsHeading: "Credits",
  privacy: "This file holds its reports, its viewer and its base map. It asks no server for anything and sends nothing.",
  privacyWithTiles: (host: string) =>
    `This file holds its reports, its viewer and a base map. It asks no server for anything unless you switch on the map tiles of ${host}.`,
  borders:
    "Borders follow the view of the United Nations; Crimea is part of Ukraine. Dashed lines are not final. The designations do not imply any opinion on the legal status of any country or territory.",
  creditPlaces: "Places: GeoNames, CC BY 4.0",
  creditLand: "Land and borders: Natural Earth, public domain, as edited by Visionscarto",
  creditLibrary: "Map library: Leaflet, by way of folium",
  legend: "How to read it",
  legendItems: {
    place: "A place, with the number of its mentions; filled where it is nearly sure (80% and more)",
    unsure: "Less sure: confidence from 50 to 80%",
    doubtful: "Doubtful: confidence below 50%",
    displaced: "A point measured from another place (“30 km south of Sumy”)",
    approximate: "In this district or community; no source gives its own point",
    area: "A country, region, sea or other area; the more mentions, the darker",
    cluster: "Several places close to each other",
    corrected: "Set by hand, at least in part",
  },
  shortcutsHeading: "Keys",
  shortcuts: [
    ["/", "search"],
    ["↑ ↓", "move in a list"],
    ["Enter", "open"],
    ["Escape", "close, or empty the search"],
    ["← →", "move a limit of the period, with the limit in focus"],
    ["+ −", "zoom, with the map in focus"],
  ],
  licences: "Licences of bundled software",
  broken: "This map cannot be shown.",
};

type Widen<Text> = Text extends string
  ? string
  : Text extends (...values: infer Values) => string
    ? (...values: Values) => string
    : { [Key in keyof Text]: Widen<Text[Key]> };

export type Texts = Widen<typeof en>;
