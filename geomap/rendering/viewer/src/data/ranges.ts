// Which sentences belong to the excerpt of a mention: its own, and one on each side.
import { findBody } from "./body";
import type { Corpus } from "./corpus";

export interface Range {
  readonly first: number;
  readonly last: number;
}

/**
 * Rows of the report's sentences, the last one included. A title is no neighbour of the body, above which it stands, nor
 * the body of the title. `starts` are those of the report's sentences: who asks for many mentions has them at hand.
 */
export function findRange({ mentions, reports }: Corpus, mention: number, starts = reports.sentences(mentions.report[mention]!)): Range {
  const own = findSentence(starts, mentions.start[mention]!);
  const end = findSentence(starts, Math.max(mentions.end[mention]! - 1, mentions.start[mention]!));
  const body = findBodyRow(reports, mentions.report[mention]!, starts, own);
  const [first, last] = own >= body ? [body, starts.length - 1] : [0, Math.max(end, body - 1)];
  return { first: Math.max(own - 1, first), last: Math.min(end + 1, last) };
}

/** The body's first sentence; 0 where there is no title in front, or it is far: most mentions need no look at the text. */
function findBodyRow(reports: Corpus["reports"], report: number, starts: ArrayLike<number>, own: number): number {
  const title = reports.title[report] ?? "";
  if (title === "" || (own > 0 && starts[own - 1]! > title.length)) return 0;
  return findSentence(starts, findBody(reports.text(report) ?? "", title));
}

/** The sentence that holds an offset: the last one that does not begin after it. */
function findSentence(starts: ArrayLike<number>, offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
