// Reports, places and mentions as objects that know each other, made from the payload's columns.
import { type Counts, isIndirect, type Payload, type Sense } from "./payload";

export interface Report {
  readonly number: number;
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly date: string;
  readonly url: string;
  readonly text: string;
  /** Where sentences begin; the first is 0. */
  readonly sentences: readonly number[];
  /** Milliseconds since 1970, -Infinity where the report has no date. */
  readonly time: number;
  readonly mentions: Mention[];
}

export interface Mention {
  readonly report: Report;
  readonly start: number;
  readonly end: number;
  readonly place: Place | null;
  readonly sense: Sense;
  /** From 0 to 1. */
  readonly confidence: number;
}

export interface Place {
  readonly number: number;
  readonly id: string;
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly country: string;
  readonly admin1: string;
  readonly featureClass: string;
  readonly featureCode: string;
  readonly population: number;
  readonly radius: number;
  readonly anchor: Anchor | null;
  readonly mentions: Mention[];
}

export interface Anchor {
  readonly placeId: string;
  readonly distance: number;
  readonly bearing: number;
}

export interface Dataset {
  readonly title: string;
  readonly version: string;
  readonly counts: Counts;
  readonly reports: readonly Report[];
  readonly places: readonly Place[];
  /** Mentions without a place by the name they carry, the most frequent first. */
  readonly unresolved: ReadonlyMap<string, readonly Mention[]>;
  readonly indirect: number;
  readonly labels: Payload["labels"];
}

const FORMAT = 1;

export function makeDataset(payload: Payload): Dataset {
  if (payload.format !== FORMAT) throw new Error("This map was written by another version of geomap: build it again.");
  const reports = payload.reports.id.map((_, number) => makeReport(payload.reports, number));
  const places = payload.places.id.map((_, number) => makePlace(payload.places, number));
  const mentions = connect(payload.mentions, reports, places);
  return {
    title: payload.title,
    version: payload.version,
    counts: payload.counts,
    reports,
    places,
    unresolved: groupUnresolved(mentions),
    indirect: mentions.filter((mention) => mention.place !== null && isIndirect(mention.sense)).length,
    labels: payload.labels,
  };
}

/** The name of a mention as the report writes it. */
export function nameOf(mention: Mention): string {
  return mention.report.text.slice(mention.start, mention.end);
}

/** Newest first; reports without a date last; in the order of reports and text where dates are equal. */
export function compareByTime(left: Mention, right: Mention): number {
  if (left.report.time !== right.report.time) return left.report.time > right.report.time ? -1 : 1;
  return left.report.number - right.report.number || left.start - right.start;
}

function makeReport(columns: Payload["reports"], number: number): Report {
  const date = columns.date[number] ?? "";
  return {
    number,
    id: columns.id[number] ?? "",
    title: columns.title[number] ?? "",
    source: columns.source[number] ?? "",
    date,
    url: columns.url[number] ?? "",
    text: columns.text[number] ?? "",
    sentences: addUp(columns.sentences[number] ?? [0]),
    time: readTime(date),
    mentions: [],
  };
}

function makePlace(columns: Payload["places"], number: number): Place {
  const [featureClass = "", featureCode = ""] = (columns.feature[number] ?? "").split(".");
  const anchor = columns.anchor[number];
  return {
    number,
    id: columns.id[number] ?? "",
    name: columns.name[number] ?? "",
    latitude: columns.latitude[number] ?? 0,
    longitude: columns.longitude[number] ?? 0,
    country: columns.country[number] ?? "",
    admin1: columns.admin1[number] ?? "",
    featureClass,
    featureCode,
    population: columns.population[number] ?? 0,
    radius: columns.radius[number] ?? 0,
    anchor: anchor ? { placeId: anchor[0], distance: anchor[1], bearing: anchor[2] } : null,
    mentions: [],
  };
}

function connect(columns: Payload["mentions"], reports: readonly Report[], places: readonly Place[]): Mention[] {
  const mentions: Mention[] = [];
  for (const report of reports) {
    let start = 0;
    for (let left = columns.count[report.number] ?? 0; left > 0; left--) {
      const row = mentions.length;
      start += columns.start[row] ?? 0;
      const place = places[columns.place[row] ?? -1] ?? null;
      const end = start + (columns.length[row] ?? 0);
      const mention = { report, start, end, place, sense: columns.sense[row] ?? 0, confidence: (columns.confidence[row] ?? 0) / 100 };
      mentions.push(mention);
      report.mentions.push(mention);
      place?.mentions.push(mention);
    }
  }
  return mentions;
}

function groupUnresolved(mentions: readonly Mention[]): Map<string, Mention[]> {
  const groups = new Map<string, Mention[]>();
  for (const mention of mentions) {
    if (mention.place !== null) continue;
    const name = nameOf(mention);
    const group = groups.get(name);
    if (group) group.push(mention);
    else groups.set(name, [mention]);
  }
  const order = [...groups].sort(([left, some], [right, others]) => others.length - some.length || compareText(left, right));
  return new Map(order);
}

function addUp(steps: readonly number[]): number[] {
  let sum = 0;
  return steps.map((step) => (sum += step));
}

function readTime(date: string): number {
  const hasZone = /T.*(Z|[+-]\d\d:?\d\d)$/.test(date);
  const time = Date.parse(date.includes("T") && !hasZone ? `${date}Z` : date);
  return Number.isNaN(time) ? -Infinity : time;
}

export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
