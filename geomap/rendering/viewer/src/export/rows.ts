// What is shown now as flat rows, one for each mention: the same columns in every format.
import { Corrected, type Corpus, UNRESOLVED, Usage } from "../data/corpus";
import { cutExcerpts } from "../data/cuts";
import { toCodePoints } from "../data/offsets";
import type { Selection } from "../data/selection";

const KIND_NAMES = ["place", "demonym", "coordinates"];

/** The columns of `geomap export`, as far as a map knows them, in the same order. */
export const COLUMNS = [
  "mention_id",
  "report_id",
  "start_offset",
  "end_offset",
  "text",
  "kind",
  "usage",
  "place_id",
  "name",
  "latitude",
  "longitude",
  "country_code",
  "admin1",
  "feature_class",
  "feature_code",
  "population",
  "radius_km",
  "anchor_place_id",
  "anchor_distance_km",
  "anchor_bearing",
  "confidence",
  "corrected",
  "evidence",
  "excerpt",
  "title",
  "source",
  "date",
  "url",
] as const;

export type Row = Readonly<Record<(typeof COLUMNS)[number], string | number | boolean | null>>;

/** The shown mentions, report by report, the newest first. */
export function* makeRows(corpus: Corpus, selection: Selection): Generator<Row> {
  for (const report of selection.reports) {
    for (const mention of selection.mentionsIn(report)) yield makeRow(corpus, mention);
  }
}

export function makeRow(corpus: Corpus, mention: number): Row {
  const report = corpus.mentions.report[mention]!;
  const place = corpus.mentions.place[mention]!;
  if (place === UNRESOLVED) throw new Error("Only mentions with a place are exported.");
  const { reports } = corpus;
  return {
    ...describeSpan(corpus, mention, reports.text(report)),
    ...describePlace(corpus, place),
    confidence: corpus.mentions.confidence[mention]! / 100,
    corrected: corpus.mentions.corrected[mention] !== Corrected.No,
    evidence: corpus.mentions.evidence(mention).join("; "),
    excerpt: cutExcerpt(corpus, mention),
    title: reports.title[report] ?? "",
    source: corpus.sources[reports.source[report]!] ?? "",
    date: reports.date[report] ?? "",
    url: reports.url[report] ?? "",
  };
}

type Part<Names extends keyof Row> = Pick<Row, Names>;
type Span = Part<"mention_id" | "report_id" | "start_offset" | "end_offset" | "text" | "kind" | "usage">;
type AnchorPart = "anchor_place_id" | "anchor_distance_km" | "anchor_bearing";
type PlacePart = "place_id" | "name" | "latitude" | "longitude" | "country_code" | "admin1" | "feature_class" | "feature_code" | "population" | "radius_km";

function describeSpan({ mentions, reports }: Corpus, mention: number, text: string | null): Span {
  const id = reports.id[mentions.report[mention]!] ?? "";
  const start = toCodePoints(text, mentions.start[mention]!);
  return {
    mention_id: `${id}@${start}`,
    report_id: id,
    start_offset: start,
    end_offset: toCodePoints(text, mentions.end[mention]!),
    text: mentions.name(mention),
    kind: KIND_NAMES[mentions.kind[mention]!] ?? "place",
    usage: mentions.usage[mention] === Usage.Associative ? "associative" : "literal",
  };
}

function describePlace({ places, countries }: Corpus, place: number): Part<PlacePart | AnchorPart> {
  const [featureClass = "", featureCode = ""] = (places.feature[place] ?? "").split(".");
  const anchor = places.anchor(place);
  return {
    place_id: places.id[place] ?? "",
    name: places.name[place] ?? "",
    latitude: round(places.latitude[place]!),
    longitude: round(places.longitude[place]!),
    country_code: countries[places.country[place]!] ?? "",
    admin1: places.admin1[place] ?? "",
    feature_class: featureClass,
    feature_code: featureCode,
    population: places.population[place]!,
    radius_km: places.radius[place]!,
    anchor_place_id: anchor?.placeId ?? null,
    anchor_distance_km: anchor?.distance ?? null,
    anchor_bearing: anchor?.bearing ?? null,
  };
}

/** The sentence of a mention with its neighbours, in one line; "" where the text is not loaded. */
export function cutExcerpt(corpus: Corpus, mention: number): string {
  const [excerpt] = cutExcerpts(corpus, [mention]);
  const text = excerpt && corpus.reports.text(excerpt.report);
  return excerpt && text ? text.slice(excerpt.start, excerpt.end).trim().replace(/\s+/g, " ") : "";
}

function round(degrees: number): number {
  return Number(degrees.toFixed(6));
}
