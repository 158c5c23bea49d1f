// How many names a correction would reach, and what of it the page has to leave to a build.
import { type Corpus, Corrected } from "../data/corpus";
import { formatCount } from "../formats";
import { texts } from "../texts";
import { findConcerned } from "./concerned";
import { findSteadyBeginning, makeNamePattern, type Reach } from "./correction";
import type { Option, Subject } from "./options";

/** As words, "" where nothing is to be counted. */
export function countNames(corpus: Corpus, subject: Subject): Record<Reach, string> {
  const count = subject.mention === null ? countOccurrences : countMentions;
  return { here: "", report: formatCount(count(corpus, subject, "report")), everywhere: formatCount(count(corpus, subject, "everywhere")) };
}

export function explain(corpus: Corpus, subject: Subject, { action, target }: Option, reach: Reach): string {
  const { correcting } = texts;
  const isWide = reach !== "here";
  const { place, corrected } = corpus.mentions;
  const isDisplaced = subject.mention !== null && place[subject.mention]! >= 0 && corpus.places.anchor(place[subject.mention]!) !== null;
  const isCorrected = isWide && findConcerned(corpus, scopeOf(corpus, subject, reach)).some((mention) => corrected[mention] === Corrected.ByBuild);
  const isPartial = reach === "everywhere" && corpus.loadedTexts() < corpus.reports.count;
  return [
    action === "is-not-a-place" && correcting.othersLater,
    action === "is" && isWide && correcting.marksOnly,
    action === "is-a-place" && isWide && correcting.wholeWords,
    action === "is-a-place" && target === null && correcting.foundLater,
    isDisplaced && target !== null && correcting.displaced,
    isCorrected && correcting.narrowerStay,
    isPartial && correcting.notLoaded(formatCount(corpus.loadedTexts()), formatCount(corpus.reports.count)),
  ]
    .filter(Boolean)
    .join(" ");
}

function countMentions(corpus: Corpus, subject: Subject, reach: Reach): number {
  return findConcerned(corpus, scopeOf(corpus, subject, reach)).length;
}

function countOccurrences({ reports }: Corpus, { name, report }: Subject, reach: Reach): number {
  const pattern = makeNamePattern(name);
  const beginning = findSteadyBeginning(name);
  let count = 0;
  for (let row = reach === "report" ? report : 0; row < (reach === "report" ? report + 1 : reports.count); row++) {
    const text = reports.text(row) ?? "";
    if (text.includes(beginning)) count += [...text.matchAll(pattern)].length;
  }
  return count;
}

function scopeOf({ reports }: Corpus, { name, report, start }: Subject, reach: Reach): { name: string; reach: Reach; report: string; start: number } {
  return { name, reach, report: reports.id[report] ?? "", start };
}
