// Reports as the vectors of corrections write them: "[Kyiv|Kyiv]" is a name with its place, "?" is none, "!" says corrected.
import { type Anchor, type Corpus, Corrected, MentionKind, UNRESOLVED, Usage } from "../src/data/corpus";
import { groupByPlace, groupUnresolved } from "../src/data/groups";
import vectors from "../../../../tests/vectors/corrections.json";
import { makeCorpus } from "./made_up";

interface KnownPlace {
  place_id: string;
  name: string;
  latitude: number;
  longitude: number;
  country_code: string;
  admin1: string;
  feature_class: string;
  feature_code: string;
  anchor?: { place_id: string; distance_km: number; bearing: number };
}

export const PLACES: Readonly<Record<string, KnownPlace>> = vectors.places;
const KEYS = Object.keys(PLACES);
const KNOWN = Object.values(PLACES);
const IDS = KNOWN.map(({ place_id }) => place_id);

interface Name {
  readonly report: number;
  readonly start: number;
  readonly end: number;
  readonly place: number;
}

/** What the names are. */
interface Nature {
  readonly associative?: boolean | undefined;
  readonly demonym?: boolean | undefined;
}

export function readMarked(reports: Readonly<Record<string, string>>, nature: Nature = {}): Corpus {
  const names: Name[] = [];
  const texts = Object.values(reports).map((marked, report) => {
    let text = "";
    let at = 0;
    for (const { 0: whole, 1: name = "", 2: key = "", index } of marked.matchAll(/\[([^|\]]+)\|([^\]]+)\]/g)) {
      text += marked.slice(at, index);
      names.push({ report, start: text.length, end: text.length + name.length, place: key === "?" ? UNRESOLVED : KEYS.indexOf(key) });
      text += name;
      at = index + whole.length;
    }
    return text + marked.slice(at);
  });
  return fill(Object.keys(reports), texts, names, nature);
}

/** The texts with the names and places that are marked in them now. */
export function writeMarked({ reports, mentions, places }: Corpus): Record<string, string> {
  const written = reports.id.map((id, report): [string, string] => {
    const text = reports.text(report) ?? "";
    let marked = "";
    let at = 0;
    for (let row = reports.firstMention[report]!; row < reports.firstMention[report + 1]!; row++) {
      const key = mentions.place[row] === UNRESOLVED ? "?" : keyOf(places, mentions.place[row]!);
      marked += `${text.slice(at, mentions.start[row])}[${mentions.name(row)}|${key}${mentions.corrected[row] === Corrected.No ? "" : "!"}]`;
      at = mentions.end[row]!;
    }
    return [id, marked + text.slice(at)];
  });
  return Object.fromEntries(written);
}

/** What is known of the mention that begins at so many UTF-16 units, in the words of Python's mentions. */
export function describeMention({ reports, mentions, places, countries }: Corpus, id: string, start: number): Record<string, unknown> {
  const report = reports.id.indexOf(id);
  const row = mentions.start.findIndex((at, mention) => mentions.report[mention] === report && at === start);
  const place = mentions.place[row]!;
  const anchor = places.anchor(place);
  const [feature_class = "", feature_code = ""] = (places.feature[place] ?? "").split(".");
  return {
    place: { name: places.name[place], latitude: places.latitude[place], longitude: places.longitude[place], country_code: countries[places.country[place]!], admin1: places.admin1[place], feature_class, feature_code },
    anchor: anchor && { place_id: anchor.placeId, distance_km: anchor.distance, bearing: anchor.bearing },
    kind: ["place", "demonym", "coordinates"][mentions.kind[row]!],
    usage: mentions.usage[row] === Usage.Literal ? "literal" : "associative",
    usage_probability: mentions.literal[row]! / 100,
    confidence: mentions.confidence[row]! / 100,
    evidence: mentions.evidence(row),
    alternatives: mentions.alternatives(row).map(({ placeId }) => placeId),
  };
}

function keyOf(places: Corpus["places"], place: number): string {
  const id = places.id[place]!;
  if (id.startsWith("point:")) return `${places.latitude[place]},${places.longitude[place]}`;
  return KEYS[IDS.indexOf(id)] ?? id;
}

function fill(ids: readonly string[], texts: readonly string[], names: readonly Name[], { associative, demonym }: Nature): Corpus {
  const base = makeCorpus();
  const dates = ids.map(() => "");
  const firstMention = Uint32Array.from([...ids, ""], (_, report) => names.filter((name) => name.report < report).length);
  const numbers = (pick: (name: Name) => number): number[] => names.map(pick);
  const reports: Corpus["reports"] = { ...base.reports, count: ids.length, id: ids, title: dates, date: dates, url: dates, source: ids.map(() => 0), firstMention, text: (report) => texts[report]!, sentences: () => [0] };
  const mentions: Corpus["mentions"] = {
    ...base.mentions,
    count: names.length,
    report: Uint32Array.from(numbers(({ report }) => report)),
    place: Int32Array.from(numbers(({ place }) => place)),
    start: Uint32Array.from(numbers(({ start }) => start)),
    end: Uint32Array.from(numbers(({ end }) => end)),
    kind: numbers(() => (demonym ? MentionKind.Demonym : MentionKind.Place)),
    usage: numbers(() => (associative ? Usage.Associative : Usage.Literal)),
    literal: numbers(() => (associative ? 20 : 100)),
    confidence: Uint8Array.from(numbers(({ place }) => (place === UNRESOLVED ? 0 : 80))),
    corrected: new Uint8Array(names.length),
    name: (row) => texts[names[row]!.report]!.slice(names[row]!.start, names[row]!.end),
    evidence: (row) => (names[row]!.place === UNRESOLVED ? [] : ["the capital"]),
    alternatives: (row) => (names[row]!.place === UNRESOLVED ? [] : [{ ...targetOf("Lviv"), confidence: 10 }]),
  };
  const places = fillPlaces(base, groupByPlace(mentions.place, KEYS.length, dates, firstMention));
  return { ...base, countries: ["UA", ""], loadedTexts: () => ids.length, counts: { ...base.counts, reports: ids.length }, reports, mentions, places, unresolved: groupUnresolved(mentions) };
}

function fillPlaces({ places }: Corpus, mentions: Corpus["places"]["mentions"]): Corpus["places"] {
  const zeros = KEYS.map(() => 0);
  return {
    ...places,
    count: KEYS.length,
    id: IDS,
    name: KNOWN.map(({ name }) => name),
    kind: Uint8Array.from(zeros),
    country: zeros,
    admin1: KNOWN.map(({ admin1 }) => admin1),
    latitude: Float64Array.from(KNOWN, ({ latitude }) => latitude),
    longitude: Float64Array.from(KNOWN, ({ longitude }) => longitude),
    radius: Float64Array.from(zeros),
    isApproximate: Uint8Array.from(zeros),
    population: Float64Array.from(zeros),
    feature: KNOWN.map(({ feature_class, feature_code }) => `${feature_class}.${feature_code}`),
    isArea: Uint8Array.from(zeros),
    hasPolygon: Uint8Array.from(zeros),
    anchor: (place) => anchorOf(KNOWN[place]!),
    key: (place) => IDS[place]!,
    find: (key) => (IDS.includes(key) ? IDS.indexOf(key) : undefined),
    mentions,
  };
}

function anchorOf({ anchor }: KnownPlace): Anchor | null {
  if (anchor === undefined) return null;
  const { name, latitude, longitude } = KNOWN[IDS.indexOf(anchor.place_id)]!;
  return { placeId: anchor.place_id, name, latitude, longitude, distance: anchor.distance_km, bearing: anchor.bearing };
}

/** The place of a key as corrections name it. */
export function targetOf(key: string) {
  const { place_id, name, latitude, longitude, country_code, admin1, feature_class, feature_code } = PLACES[key]!;
  return { placeId: place_id, name, latitude, longitude, country: country_code, admin1, feature: `${feature_class}.${feature_code}` };
}
