// An excerpt is the sentence that names a place, with its neighbours, and every occurrence of the place in it.
import { compareByTime, type Mention, type Report } from "./dataset";

export interface Excerpt {
  readonly report: Report;
  readonly start: number;
  readonly end: number;
  readonly marks: readonly Mention[];
}

/** The excerpts of mentions that belong together, newest first; mentions that share an excerpt make one. */
export function findExcerpts(mentions: readonly Mention[]): Excerpt[] {
  const byReport = new Map<Report, Mention[]>();
  for (const mention of [...mentions].sort(compareByTime)) {
    const group = byReport.get(mention.report);
    if (group) group.push(mention);
    else byReport.set(mention.report, [mention]);
  }
  return [...byReport].flatMap(([report, group]) => excerptsOf(report, group));
}

function excerptsOf(report: Report, mentions: readonly Mention[]): Excerpt[] {
  const ranges: { start: number; end: number }[] = [];
  for (const mention of mentions) {
    const last = ranges.at(-1);
    if (!last || mention.end > last.end) ranges.push(surround(mention));
  }
  // a name may stand in a sentence that two excerpts share: it is marked in both
  return ranges.map(({ start, end }) => {
    const marks = mentions.filter((mention) => mention.start >= start && mention.end <= end);
    return { report, start, end, marks };
  });
}

function surround(mention: Mention): { start: number; end: number } {
  const { sentences, text } = mention.report;
  let first = findSentence(sentences, mention.start);
  const last = findSentence(sentences, Math.max(mention.end - 1, mention.start));
  if (first > 0 && !isTitle(mention.report, first - 1)) first--;
  return { start: sentences[first] ?? 0, end: sentences[last + 2] ?? text.length };
}

/** The title stands above the excerpt already, so it is no neighbour of the first sentence. */
function isTitle(report: Report, sentence: number): boolean {
  const text = report.text.slice(report.sentences[sentence], report.sentences[sentence + 1]);
  return text.trim() === report.title.trim();
}

/** The sentence that holds an offset: the last one that does not begin after it. */
function findSentence(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
