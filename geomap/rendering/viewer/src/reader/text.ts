// The text of a report in paragraphs, with every name in it: places as links, names without a place marked.
import type { Corpus } from "../data/corpus";
import { type Child, element } from "../elements";
import { annotate, type Span } from "../panels/annotated";
import { linkToPlace } from "../panels/links";
import { describePlace, isDoubtful, noteOn } from "../panels/names";

export interface Paragraph {
  readonly start: number;
  readonly end: number;
  /** Whether its lines were broken to a width, and not because they are lines of their own. */
  readonly isWrapped: boolean;
}

const WRAPPED = 55;

/** What blank lines separate. */
export function findParagraphs(text: string): Paragraph[] {
  return [...text.matchAll(/\S[^]*?(?=\s*?\n[^\S\n]*\n|\s*$)/g)].map(({ 0: paragraph, index }) => {
    const lines = paragraph.split("\n").slice(0, -1);
    return { start: index, end: index + paragraph.length, isWrapped: lines.length > 1 && lines.every((line) => line.length > WRAPPED) };
  });
}

/** The paragraphs as elements; a first one that is the title is handed back as the heading's content. */
export function makeText(corpus: Corpus, report: number, text: string, query: string): { heading: Child[] | null; body: HTMLElement } {
  const spans = findSpans(corpus, report);
  let next = 0;
  const parts = findParagraphs(text).map((paragraph) => {
    const own: Span[] = [];
    while (next < spans.length && spans[next]!.start < paragraph.end) own.push(spans[next++]!);
    return { ...paragraph, children: annotate(text, paragraph.start, paragraph.end, own, query) };
  });
  const [first, ...rest] = parts;
  const isTitle = first !== undefined && text.slice(first.start, first.end) === corpus.reports.title[report]?.trim();
  const paragraphs = (isTitle ? rest : parts).map(({ isWrapped, children }) => element("p", { dir: "auto", class: isWrapped ? "is-wrapped" : undefined }, ...children));
  return { heading: isTitle ? first.children : null, body: element("div", { class: "geomap-text" }, ...paragraphs) };
}

function findSpans(corpus: Corpus, report: number): Span[] {
  const { mentions, reports } = corpus;
  const spans: Span[] = [];
  for (let mention = reports.firstMention[report]!; mention < reports.firstMention[report + 1]!; mention++) {
    spans.push({ start: mentions.start[mention]!, end: mentions.end[mention]!, make: (name) => makeName(corpus, mention, name) });
  }
  return spans;
}

function makeName(corpus: Corpus, mention: number, name: string): HTMLElement {
  const place = corpus.mentions.place[mention]!;
  if (place < 0) return element("mark", { class: "is-unresolved" }, name);
  const classes = [noteOn(corpus, mention) !== "" && "is-indirect", isDoubtful(corpus, mention) && "is-doubtful"];
  const title = `${corpus.places.name[place]} · ${describePlace(corpus, place)}`;
  return linkToPlace(corpus, place, { class: "geomap-name", title }, element("mark", { class: classes.filter(Boolean).join(" ") || undefined }, name));
}
