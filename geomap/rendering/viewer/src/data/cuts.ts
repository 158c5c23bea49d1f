// An excerpt is the sentence that names a place, with its neighbours, and every occurrence of the place in it.
import type { Corpus } from "./corpus";
import { findRange } from "./ranges";

export interface Excerpt {
  readonly report: number;
  /** Offsets in the report's text; both are -1 where the text is not loaded. */
  readonly start: number;
  readonly end: number;
  /** Mentions to be marked, in the order of the text. */
  readonly marks: readonly number[];
}

/** The excerpts of mentions in the order of their reports; mentions of one report that share an excerpt make one. */
export function cutExcerpts(corpus: Corpus, mentions: Iterable<number>): Excerpt[] {
  const byReport = new Map<number, number[]>();
  for (const mention of mentions) {
    const report = corpus.mentions.report[mention]!;
    const group = byReport.get(report);
    if (group) group.push(mention);
    else byReport.set(report, [mention]);
  }
  return [...byReport].flatMap(([report, group]) => cutReport(corpus, report, group.sort((left, right) => left - right)));
}

function cutReport(corpus: Corpus, report: number, mentions: readonly number[]): Excerpt[] {
  const text = corpus.reports.text(report);
  if (text === null) return [{ report, start: -1, end: -1, marks: mentions }];
  const starts = corpus.reports.sentences(report);
  const ranges: { start: number; end: number }[] = [];
  for (const mention of mentions) {
    const last = ranges.at(-1);
    if (last && corpus.mentions.end[mention]! <= last.end) continue;
    const range = findRange(corpus, mention);
    ranges.push({ start: starts[range.first]!, end: starts[range.last + 1] ?? text.length });
  }
  // a name may stand in a sentence that two excerpts share: it is marked in both
  return ranges.map(({ start, end }) => {
    const marks = mentions.filter((mention) => corpus.mentions.start[mention]! >= start && corpus.mentions.end[mention]! <= end);
    return { report, start, end, marks };
  });
}
