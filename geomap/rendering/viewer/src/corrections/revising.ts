// What corrections do to the names of one report, as geomap/corrections/applying.py does it when the map is built.
import type { Corpus } from "../data/corpus";
import { toCodePoints, toUnits } from "../data/offsets";
import { type Correction, makeNamePattern } from "./correction";
import type { ReportRules } from "./rules";

/** A name in a report after corrections. */
export interface Span {
  /** Row of the mention as the map was built, -1 for a name that was missed. */
  readonly origin: number;
  /** UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** What it follows, null where it stays as it was. */
  readonly correction: Correction | null;
  /** Whether this very mention was meant. */
  readonly isSingle: boolean;
}

export interface Revision {
  readonly spans: readonly Span[];
  /** Corrections that took names out, once for each name. */
  readonly removals: readonly Correction[];
}

export function reviseReport(corpus: Corpus, report: number, rules: ReportRules): Revision {
  const { reports, mentions } = corpus;
  const text = reports.text(report);
  const removals: Correction[] = [];
  let spans: Span[] = [];
  for (let mention = reports.firstMention[report]!; mention < reports.firstMention[report + 1]!; mention++) {
    const [start, end] = [mentions.start[mention]!, mentions.end[mention]!];
    const correction = rules.decide(nameAt(corpus, mention, text), toCodePoints(text, start));
    if (correction?.action === "is-not-a-place") removals.push(correction);
    else spans.push({ origin: mention, start, end, correction, isSingle: correction !== null && rules.isSingle(correction) });
  }
  if (text !== null) spans = addMissed(spans, findMissed(text, rules));
  return { spans: spans.sort((left, right) => left.start - right.start), removals };
}

/** The name as it is written, null where the text is not loaded. */
function nameAt({ mentions }: Corpus, mention: number, text: string | null): string | null {
  if (text !== null) return text.slice(mentions.start[mention], mentions.end[mention]);
  return mentions.place[mention]! < 0 ? mentions.name(mention) : null;
}

/** What nobody found gives way to what it lies in, unless it is meant alone; what it cuts gives way to it. */
function addMissed(spans: Span[], missed: readonly Span[]): Span[] {
  const added: Span[] = [];
  for (const span of missed) {
    if (spans.some(({ start, end }) => start === span.start && end === span.end)) continue;
    const others = spans.filter((other) => overlap(other, span));
    const isContained = !span.isSingle && others.some(({ start, end }) => start <= span.start && span.end <= end);
    if (isContained || added.some((other) => overlap(other, span))) continue;
    spans = spans.filter((other) => !others.includes(other));
    added.push(span);
  }
  return [...spans, ...added];
}

function* matchMissed(text: string, rules: ReportRules): Generator<{ correction: Correction; start: number; name: string }> {
  for (const { correction, start: codePoints } of rules.singles()) {
    const start = toUnits(text, codePoints);
    const pattern = new RegExp(makeNamePattern(correction.name), "uy");
    pattern.lastIndex = start;
    const found = pattern.exec(text);
    if (found !== null) yield { correction, start, name: found[0] };
  }
  for (const { correction, pattern } of rules.missed()) {
    for (const found of text.matchAll(pattern)) yield { correction, start: found.index, name: found[0] };
  }
}

function findMissed(text: string, rules: ReportRules): Span[] {
  const spans: Span[] = [];
  for (const { correction, start, name } of matchMissed(text, rules)) {
    if (rules.decide(name, toCodePoints(text, start)) !== correction) continue;
    spans.push({ origin: -1, start, end: start + name.length, correction, isSingle: rules.isSingle(correction) });
  }
  return spans;
}

function overlap(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}
