// How places and reports are called in lists and panels.
import { type Corpus, Corrected, MentionKind, Usage } from "../data/corpus";
import { countryName, formatBearing, formatCount, isolate } from "../formats";
import { findKind } from "../kinds";
import { texts } from "../texts";

/** Per cent below which a mention is called doubtful. */
export const DOUBTFUL = 50;

export function nameKind({ places }: Corpus, place: number): string {
  return texts.kinds[findKind(places.feature[place]!, places.population[place]!)];
}

/** Where a place lies, from small to large, without what repeats its own name. */
export function locate({ places, countries }: Corpus, place: number): string {
  if ((places.feature[place] ?? "").includes(".PCL")) return "";
  const country = countryName(countries[places.country[place]!] ?? "");
  const parts = [places.admin1[place] ?? "", country];
  return [...new Set(parts)].filter((part) => part !== "" && part !== places.name[place]).join(", ");
}

/** Kind and region in one line. */
export function describePlace(corpus: Corpus, place: number): string {
  return [nameKind(corpus, place), describeAnchor(corpus, place), locate(corpus, place)].filter(Boolean).join(" · ");
}

/** "About 30 km south of Sumy", "" where the place was not measured from another. */
export function describeAnchor({ places }: Corpus, place: number): string {
  const anchor = places.anchor(place);
  if (anchor === null) return "";
  return texts.displaced(formatCount(Math.round(anchor.distance)), formatBearing(anchor.bearing), isolate(anchor.name));
}

export function nameReport({ reports }: Corpus, report: number): string {
  return reports.title[report] || reports.id[report] || texts.noTitle;
}

export function nameSource({ reports, sources }: Corpus, report: number): string {
  return sources[reports.source[report]!] ?? "";
}

/** What a mention is when it is no plain place name, "" when it is one. */
export function noteOn({ mentions }: Corpus, mention: number): string {
  if (mentions.kind[mention] === MentionKind.Demonym) return texts.notes.demonym;
  if (mentions.usage[mention] !== Usage.Literal) return texts.notes.associative;
  return mentions.kind[mention] === MentionKind.Coordinates ? texts.notes.coordinates : "";
}

/** Whether a person has said what a mention is, in words; "" where nobody has. */
export function noteCorrection({ mentions }: Corpus, mention: number): string {
  if (mentions.corrected[mention] === Corrected.No) return "";
  return mentions.corrected[mention] === Corrected.Here ? texts.correcting.here : texts.correcting.byBuild;
}

/** The classes of a marked name, undefined where it is a plain one. */
export function classesOf(corpus: Corpus, mention: number): string | undefined {
  const isPlaced = corpus.mentions.place[mention]! >= 0;
  const classes = [
    !isPlaced && "is-unresolved",
    isPlaced && noteOn(corpus, mention) !== "" && "is-indirect",
    isPlaced && isDoubtful(corpus, mention) && "is-doubtful",
    corpus.mentions.corrected[mention] !== Corrected.No && "is-corrected",
  ];
  return classes.filter(Boolean).join(" ") || undefined;
}

export function isDoubtful({ mentions }: Corpus, mention: number): boolean {
  return mentions.confidence[mention]! < DOUBTFUL;
}
