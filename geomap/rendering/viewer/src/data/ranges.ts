// Which sentences belong to the excerpt of a mention: its own, and one on each side.
import type { Corpus } from "./corpus";

export interface Range {
  readonly first: number;
  readonly last: number;
}

/** Rows of the report's sentences, the last one included. */
/** `starts` are those of the report's sentences: who asks for many mentions has them at hand. */
export function findRange({ mentions, reports }: Corpus, mention: number, starts = reports.sentences(mentions.report[mention]!)): Range {
  const report = mentions.report[mention]!;
  const own = findSentence(starts, mentions.start[mention]!);
  const end = findSentence(starts, Math.max(mentions.end[mention]! - 1, mentions.start[mention]!));
  const before = own > 0 && !isTitle(reports, report, own - 1, starts) ? own - 1 : own;
  return { first: before, last: Math.min(end + 1, starts.length - 1) };
}

/** The title stands above the excerpt already, so it is no neighbour of the first sentence. */
function isTitle(reports: Corpus["reports"], report: number, sentence: number, starts: ArrayLike<number>): boolean {
  if (sentence > 0) return false; // a title stands first
  return (reports.text(report) ?? "").slice(starts[sentence], starts[sentence + 1]).trim() === (reports.title[report] ?? "").trim();
}

/** The sentence that holds an offset: the last one that does not begin after it. */
export function findSentence(starts: ArrayLike<number>, offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
