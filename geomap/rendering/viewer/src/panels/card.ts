// An excerpt: the report's title, source and date, the sentence in context, and what can be done with it.
import type { Corpus } from "../data/corpus";
import { cutExcerpts, type Excerpt } from "../data/cuts";
import { type Child, element, isWebAddress, outsideLink, replaceContent } from "../elements";
import { formatCount, formatDate, isolate } from "../formats";
import { icon } from "../icons";
import { texts } from "../texts";
import { annotate, type Span } from "./annotated";
import { linkToPlace, linkToReport } from "./links";
import { classesOf, isDoubtful, nameReport, nameSource, noteCorrection, noteOn } from "./names";

/** What a card offers on the workbench; in a popup of someone's own map there is none of it. */
export interface CardActions {
  readonly query: string;
  cite(excerpt: Excerpt): void;
  /** Fill or empty the place where the reasons stand. */
  explain(mention: number, button: HTMLElement, room: HTMLElement): void;
  /** Open or close the form that corrects one of these mentions. */
  correct(mentions: readonly number[], room: HTMLElement, button: HTMLElement): void;
}

export function makeCard(corpus: Corpus, excerpt: Excerpt, actions: CardActions | null): HTMLElement {
  const { report } = excerpt;
  const title = nameReport(corpus, report);
  const heading = actions ? linkToReport(corpus, report, title) : outsideLink(corpus.reports.url[report] ?? "", title);
  return element(
    "article",
    { class: "geomap-card" },
    element("h3", { class: "geomap-card-title", dir: "auto" }, heading),
    element("p", { class: "geomap-meta" }, actions ? makeOrigin(corpus, report) : element("span", { dir: "auto" }, nameSource(corpus, report)), makeDate(corpus, report), makeCopyCount(corpus, report), ...makeNotes(corpus, excerpt)),
    makeQuote(corpus, excerpt, actions),
    actions && makeActions(corpus, excerpt, actions),
  );
}

function makeCopyCount({ reports }: Corpus, report: number): HTMLElement | null {
  const { length } = reports.copies(report);
  return length === 0 ? null : element("span", {}, texts.copies(length, formatCount(length)));
}

/** The source, as a link to the original where the report has an address. */
export function makeOrigin(corpus: Corpus, report: number): HTMLElement {
  const address = corpus.reports.url[report] ?? "";
  const source = nameSource(corpus, report);
  if (!isWebAddress(address)) return element("span", { dir: "auto" }, source);
  const name = source || new URL(address).hostname;
  const link = outsideLink(address, name, { class: "geomap-origin", dir: "auto", title: texts.original });
  link.append(icon("outside"));
  return link;
}

export function makeDate({ reports }: Corpus, report: number): HTMLElement {
  const date = reports.date[report] ?? "";
  return date ? element("time", { datetime: date }, formatDate(date)) : element("span", {}, texts.noDate);
}

function makeNotes(corpus: Corpus, { marks }: Excerpt): HTMLElement[] {
  const notes = new Set(Array.from(marks, (mark) => noteOn(corpus, mark)).filter(Boolean));
  const byHand = new Set(Array.from(marks, (mark) => noteCorrection(corpus, mark)).filter(Boolean));
  const isPlaced = (mark: number): boolean => corpus.mentions.place[mark]! >= 0;
  if (marks.length > 0 && Array.from(marks).every((mark) => isPlaced(mark) && isDoubtful(corpus, mark))) notes.add(texts.doubtful);
  return [...[...notes].map((note) => element("span", { class: "geomap-note" }, note)), ...[...byHand].map((note) => element("span", {}, note))];
}

function makeQuote(corpus: Corpus, excerpt: Excerpt, actions: CardActions | null): HTMLElement {
  const quote = element("blockquote", { class: "geomap-quote", dir: "auto" });
  const text = corpus.reports.text(excerpt.report);
  if (text !== null) replaceContent(quote, ...quoteText(corpus, excerpt, text, actions));
  else void fillLater(quote, corpus, excerpt, actions);
  return quote;
}

async function fillLater(quote: HTMLElement, corpus: Corpus, { report, marks }: Excerpt, actions: CardActions | null): Promise<void> {
  quote.textContent = texts.loading;
  try {
    const text = await corpus.reports.loadText(report);
    const excerpts = cutExcerpts(corpus, marks);
    replaceContent(quote, ...excerpts.flatMap((one) => quoteText(corpus, one, text, actions)));
  } catch {
    quote.textContent = texts.textMissing;
  }
}

function quoteText(corpus: Corpus, { report, start, end, marks }: Excerpt, text: string, actions: CardActions | null): Child[] {
  const from = end - text.slice(start, end).trimStart().length;
  const to = start + text.slice(start, end).trimEnd().length;
  const pieces = annotate(text, from, to, makeSpans(corpus, report, start, end, marks, actions !== null), actions?.query);
  return [start > 0 && "… ", ...pieces, text.slice(to).trim() !== "" && " …"];
}

/** The mentions that the card is about, marked; other places of the excerpt, linked. */
function makeSpans(corpus: Corpus, report: number, start: number, end: number, marks: ArrayLike<number>, linked: boolean): Span[] {
  const { mentions, reports } = corpus;
  const own = new Set(Array.from(marks));
  const spans: Span[] = [];
  for (let mention = reports.firstMention[report]!; mention < reports.firstMention[report + 1]!; mention++) {
    const span = { start: mentions.start[mention]!, end: mentions.end[mention]! };
    if (span.start < start || span.end > end) continue;
    if (own.has(mention)) spans.push({ ...span, make: (text) => makeMark(corpus, mention, text) });
    else if (linked && mentions.place[mention]! >= 0) spans.push({ ...span, make: (text) => linkToPlace(corpus, mentions.place[mention]!, { class: "geomap-other" }, text) });
  }
  return spans;
}

function makeMark(corpus: Corpus, mention: number, text: string): HTMLElement {
  return element("mark", { class: classesOf(corpus, mention) }, text);
}

function makeActions(corpus: Corpus, excerpt: Excerpt, actions: CardActions): HTMLElement {
  const first = Array.from(excerpt.marks).find((mark) => corpus.mentions.place[mark]! >= 0);
  const room = element("div", { class: "geomap-why", hidden: true });
  const why = element("button", { type: "button", class: "geomap-link", "aria-expanded": "false" }, texts.whyHere);
  if (first !== undefined) why.addEventListener("click", () => actions.explain(first, why, room));
  const form = element("div", { hidden: true });
  const isNameless = first === undefined;
  const name = isolate(corpus.mentions.name(first ?? excerpt.marks[0]!));
  const label = isNameless ? texts.correcting.place : texts.correcting.wrong;
  const spoken = isNameless ? texts.correcting.placeName(name) : texts.correcting.wrongName(name);
  const wrong = element("button", { type: "button", class: "geomap-link", "aria-expanded": "false", "aria-label": spoken, on: { click: () => actions.correct(excerpt.marks, form, wrong) } }, label);
  const cite = element("button", { type: "button", class: "geomap-link", on: { click: () => actions.cite(excerpt) } }, texts.cite);
  return element("div", {}, element("p", { class: "geomap-actions" }, first !== undefined && why, wrong, cite), room, form);
}
