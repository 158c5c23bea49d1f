// The text of a report in paragraphs, with every name in it: places as links, names without a place marked.
import type { Corpus } from "../data/corpus";
import { type Child, element } from "../elements";
import { isolate } from "../formats";
import { annotate, type Span } from "../panels/annotated";
import { linkToPlace } from "../panels/links";
import { classesOf, describePlace, noteCorrection } from "../panels/names";
import { texts } from "../texts";

export interface Paragraph {
  readonly start: number;
  readonly end: number;
  /** Whether its lines were broken to a width, and not because they are lines of their own. */
  readonly isWrapped: boolean;
}

const WRAPPED = 55;

/** What blank lines separate. Each run of blanks is looked at once: of a megabyte of them a report may consist. */
export function findParagraphs(text: string): Paragraph[] {
  const found: Paragraph[] = [];
  const last = text.trimEnd().length;
  let start = text.search(/\S/);
  for (const { 0: blanks, index } of start < 0 ? [] : text.matchAll(/\s+|$/g)) {
    const end = Math.min(index, last);
    if (end <= start || (end < last && blanks.split("\n").length < 3)) continue;
    found.push(makeParagraph(text, start, end));
    start = index + blanks.length;
  }
  return found;
}

function makeParagraph(text: string, start: number, end: number): Paragraph {
  const lines = text.slice(start, end).split("\n").slice(0, -1);
  return { start, end, isWrapped: lines.length > 1 && lines.every((line) => line.length > WRAPPED) };
}

export interface MadeText {
  /** The first paragraph where it is the title, and where it begins. */
  readonly heading: { readonly children: Child[]; readonly start: number } | null;
  readonly body: HTMLElement;
}

/** The paragraphs as elements that know their offsets; a first one that is the title is handed back as the heading. */
export function makeText(corpus: Corpus, report: number, text: string, query: string): MadeText {
  const spans = findSpans(corpus, report);
  let next = 0;
  const parts = findParagraphs(text).map((paragraph) => {
    const own: Span[] = [];
    while (next < spans.length && spans[next]!.start < paragraph.end) own.push(spans[next++]!);
    return { ...paragraph, children: annotate(text, paragraph.start, paragraph.end, own, query) };
  });
  const [first, ...rest] = parts;
  const isTitle = first !== undefined && text.slice(first.start, first.end) === corpus.reports.title[report]?.trim();
  const paragraphs = (isTitle ? rest : parts).map(({ start, isWrapped, children }) => element("p", { dir: "auto", class: isWrapped ? "is-wrapped" : undefined, "data-start": start }, ...children));
  return { heading: isTitle ? { children: first.children, start: first.start } : null, body: element("div", { class: "geomap-text" }, ...paragraphs) };
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
  const mark = element("mark", { class: classesOf(corpus, mention) }, name);
  if (place < 0) return element("button", { type: "button", class: "geomap-nameless", "data-mention": mention, "aria-label": texts.correcting.placeName(isolate(name)) }, mark);
  const title = [corpus.places.name[place], describePlace(corpus, place), noteCorrection(corpus, mention)].filter(Boolean).join(" · ");
  return linkToPlace(corpus, place, { class: "geomap-name", title, "data-mention": mention }, mark);
}
