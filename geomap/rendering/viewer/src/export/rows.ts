// What is shown now as flat rows, one for each mention: the same columns in every format.
import { Corrected, type Corpus, UNRESOLVED, Usage } from "../data/corpus";
import { toCodePoints } from "../data/offsets";
import type { Selection } from "../data/selection";
import { MENTION_COLUMNS } from "./columns";
import { cutExcerpt } from "./excerpts";

const KIND_NAMES = ["place", "demonym", "coordinates"];

type Value = string | number | boolean | null;
export type Row = ReturnType<typeof makeRow>;

/** The columns of `geomap export`, as far as a map knows them, in the same order. */
export const COLUMNS = MENTION_COLUMNS as readonly (keyof Row)[];

/** The shown mentions, report by report, the newest first. */
export function* makeRows(corpus: Corpus, selection: Selection): Generator<Row> {
  for (const report of selection.reports) {
    for (const mention of selection.mentionsIn(report)) yield makeRow(corpus, mention);
  }
}

export function makeRow(corpus: Corpus, mention: number) {
  const { mentions, reports } = corpus;
  const report = mentions.report[mention]!;
  const place = mentions.place[mention]!;
  if (place === UNRESOLVED) throw new Error("Only mentions with a place are exported.");
  const text = reports.text(report);
  const title = reports.title[report] ?? "";
  return {
    ...describeSpan(corpus, mention, text),
    ...describePlace(corpus, place),
    confidence: mentions.confidence[mention]! / 100,
    corrected: mentions.corrected[mention] !== Corrected.No,
    evidence: mentions.evidence(mention).join("; "),
    excerpt: text === null ? null : cutExcerpt(text, mentions.start[mention]!, mentions.end[mention]!, title),
    title,
    source: corpus.sources[reports.source[report]!] ?? "",
    date: reports.date[report] ?? "",
    url: reports.url[report] ?? "",
    copies: reports.copies(report).length,
  } satisfies Record<string, Value>;
}

function describeSpan({ mentions, reports }: Corpus, mention: number, text: string | null) {
  const id = reports.id[mentions.report[mention]!] ?? "";
  const start = toCodePoints(text, mentions.start[mention]!);
  return {
    mention_id: `${id}@${start}`,
    report_id: id,
    start_offset: start,
    end_offset: toCodePoints(text, mentions.end[mention]!),
    text: mentions.name(mention),
    kind: KIND_NAMES[mentions.kind[mention]!] ?? "place",
    usage: mentions.usage[mention] === Usage.Literal ? "literal" : "associative",
    usage_probability: mentions.literal[mention]! / 100,
  };
}

function describePlace({ places, countries }: Corpus, place: number) {
  const [featureClass, featureCode] = (places.feature[place] ?? "").split(".");
  const anchor = places.anchor(place);
  return {
    place_id: places.id[place] ?? "",
    name: places.name[place] ?? "",
    latitude: round(places.latitude[place]!),
    longitude: round(places.longitude[place]!),
    country_code: countries[places.country[place]!] || null,
    admin1: places.admin1[place] || null,
    feature_class: featureClass || null,
    feature_code: featureCode || null,
    population: places.population[place]!,
    radius_km: places.radius[place]!,
    approximate: places.isApproximate[place] === 1,
    anchor_place_id: anchor?.placeId ?? null,
    anchor_distance_km: anchor?.distance ?? null,
    anchor_bearing: anchor?.bearing ?? null,
  };
}

function round(degrees: number): number {
  return Number(degrees.toFixed(6));
}
