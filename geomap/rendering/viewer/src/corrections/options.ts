// What a name may be instead: the places that were considered, those of the map that bear the name, a search, a point.
import { type Corpus, UNRESOLVED, type Target } from "../data/corpus";
import { toCodePoints } from "../data/offsets";
import { countryName, formatPercent, formatPoint } from "../formats";
import { describePlace } from "../panels/names";
import { texts } from "../texts";
import { type Action, PLACE_ID } from "./correction";

/** A name as it stands in a report. */
export interface Subject {
  readonly name: string;
  /** Row of the report. */
  readonly report: number;
  /** Code points before the name. */
  readonly start: number;
  /** Row of the mention; null for a name that was missed. */
  readonly mention: number | null;
}

export function makeSubject({ mentions, reports }: Corpus, mention: number): Subject {
  const report = mentions.report[mention]!;
  return { name: mentions.name(mention), report, start: toCodePoints(reports.text(report), mentions.start[mention]!), mention };
}

export interface Option {
  readonly action: Action;
  readonly target: Target | null;
  readonly label: string;
  readonly detail: string;
}

const MOST_FOUND = 6;
const MOST_NAMESAKES = 3;

/** What can be chosen without a search; `suggest` finds rows of places by the beginning of a name. */
export function listOptions(corpus: Corpus, subject: Subject, suggest: (text: string, limit: number) => readonly number[]): Option[] {
  const now = subject.mention === null ? [] : listConsidered(corpus, subject.mention);
  const known = new Set(now.map(({ target }) => target?.placeId));
  const namesakes = suggest(subject.name, MOST_FOUND).filter((place) => !known.has(corpus.places.id[place])).slice(0, MOST_NAMESAKES);
  return [...now, ...namesakes.map((place) => optionOf(corpus, place, "is"))].map((option) => forSubject(option, subject));
}

/** What typed words mean: places of the map, or a point where they are coordinates. */
export function findOptions(corpus: Corpus, subject: Subject, words: string, suggest: (text: string, limit: number) => readonly number[]): Option[] {
  const point = readPoint(words);
  const found = point === null ? suggest(words, MOST_FOUND).map((place) => optionOf(corpus, place, "is")) : [optionAt(subject, point)];
  return found.map((option) => forSubject(option, subject));
}

/** A point of the map; it bears the name that stands there. */
export function optionAt(subject: Subject, point: { latitude: number; longitude: number }): Option {
  const target = { placeId: "", name: subject.name, ...point, country: "", admin1: "", feature: "" };
  return forSubject({ action: "is", target, label: texts.correcting.point(formatPoint(point.latitude, point.longitude, 4)), detail: "" }, subject);
}

/** A place of the map that was pointed at. */
export function optionOf(corpus: Corpus, place: number, action: Action = "is"): Option {
  return { action, target: targetOf(corpus, place), label: corpus.places.name[place] ?? "", detail: describePlace(corpus, place) };
}

export function noPlace(): Option {
  return { action: "is-not-a-place", target: null, label: texts.correcting.notAPlace, detail: "" };
}

export function foundLater(): Option {
  return { action: "is-a-place", target: null, label: texts.correcting.later, detail: "" };
}

/** Latitude and longitude in degrees, as people type them; null for anything else. */
export function readPoint(words: string): { latitude: number; longitude: number } | null {
  const numbers = /^\s*(-?\d{1,2}(?:[.]\d+)?)\s*°?\s*([NS])?[\s,;]+(-?\d{1,3}(?:[.]\d+)?)\s*°?\s*([EW])?\s*$/i.exec(words);
  if (numbers === null) return null;
  const latitude = Number(numbers[1]) * (numbers[2]?.toUpperCase() === "S" ? -1 : 1);
  const longitude = Number(numbers[3]) * (numbers[4]?.toUpperCase() === "W" ? -1 : 1);
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}

function listConsidered(corpus: Corpus, mention: number): Option[] {
  const place = corpus.mentions.place[mention]!;
  const others = corpus.mentions.alternatives(mention).map((other): Option => {
    const where = [other.admin1, countryName(other.country)].filter((part) => part !== "" && part !== other.name);
    const { placeId, name, latitude, longitude, country, admin1, feature } = other;
    const target = { placeId: PLACE_ID.test(placeId) ? placeId : "", name, latitude, longitude, country, admin1, feature };
    return { action: "is", target, label: other.name, detail: [...new Set(where), formatPercent(other.confidence)].join(", ") };
  });
  if (place === UNRESOLVED || corpus.places.anchor(place) !== null) return others; // where a distance ends is no place of its own
  const now = optionOf(corpus, place);
  return [{ ...now, detail: `${now.detail} · ${texts.correcting.asNow}` }, ...others];
}

/** A name that was missed is first of all a place. */
function forSubject(option: Option, { mention }: Subject): Option {
  return mention === null && option.action === "is" ? { ...option, action: "is-a-place" } : option;
}

function targetOf({ places, countries }: Corpus, place: number): Target {
  const id = places.id[place] ?? "";
  return {
    placeId: id.startsWith("point:") || !PLACE_ID.test(id) ? "" : id,
    name: places.name[place] ?? "",
    latitude: places.latitude[place]!,
    longitude: places.longitude[place]!,
    country: countries[places.country[place]!] ?? "",
    admin1: places.admin1[place] ?? "",
    feature: places.feature[place] ?? "",
  };
}
