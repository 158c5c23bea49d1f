// Excerpts as cards, the newest first, a page of them at a time.
import { nameOf, type Mention } from "../data/dataset";
import { type Excerpt, findExcerpts } from "../data/excerpts";
import { isIndirect, Sense } from "../data/payload";
import { DOUBTFUL } from "../data/view";
import { type Child, element, outsideLink } from "../elements";
import { formatCount, formatDate } from "../formats";
import { texts } from "../texts";

const PAGE = 20;

/** A list of the excerpts of these mentions that grows on demand, and how many there are. */
export function makeExcerptList(mentions: readonly Mention[], page = PAGE): { list: HTMLElement; count: number } {
  const excerpts = findExcerpts(mentions);
  const items = element("ol", { class: "geomap-excerpts" });
  const more = element("button", { type: "button", class: "geomap-more" });
  let shown = 0;
  const grow = (): void => {
    items.append(...excerpts.slice(shown, shown + page).map((excerpt) => element("li", {}, makeCard(excerpt))));
    shown = items.childElementCount;
    const left = excerpts.length - shown;
    more.hidden = left === 0;
    more.textContent = texts.more(formatCount(Math.min(page, left)), formatCount(left));
  };
  more.addEventListener("click", grow);
  grow();
  return { list: element("div", {}, items, more), count: excerpts.length };
}

export function makeCard(excerpt: Excerpt): HTMLElement {
  const { report } = excerpt;
  return element(
    "article",
    { class: "geomap-card" },
    element("h3", { class: "geomap-card-title", dir: "auto" }, outsideLink(report.url, report.title || report.id)),
    element(
      "p",
      { class: "geomap-meta" },
      element("span", { dir: "auto" }, report.source),
      report.date ? element("time", { datetime: report.date }, formatDate(report.date)) : element("span", {}, texts.noDate),
      ...senseNotes(excerpt.marks),
    ),
    makeQuote(excerpt),
  );
}

function makeQuote({ report, start, end, marks }: Excerpt): HTMLElement {
  const pieces: Child[] = [];
  let at = start + leadingBlanks(report.text, start, end);
  if (start > 0) pieces.push("… ");
  for (const mark of marks) {
    if (mark.start < at) continue;
    pieces.push(report.text.slice(at, mark.start), makeMark(mark));
    at = mark.end;
  }
  pieces.push(report.text.slice(at, end).trimEnd());
  if (report.text.slice(end).trim() !== "") pieces.push(" …");
  return element("blockquote", { class: "geomap-quote", dir: "auto" }, ...pieces);
}

function makeMark(mention: Mention): HTMLElement {
  const classes = [isIndirect(mention.sense) && "is-indirect", mention.confidence < DOUBTFUL && "is-doubtful"];
  return element("mark", { class: classes.filter(Boolean).join(" ") || undefined }, nameOf(mention));
}

function senseNotes(marks: readonly Mention[]): HTMLElement[] {
  const notes = new Set<string>(marks.filter((mark) => mark.sense !== Sense.Place).map((mark) => texts.senses[mark.sense] ?? ""));
  if (marks.length > 0 && marks.every((mark) => mark.place !== null && mark.confidence < DOUBTFUL)) notes.add(texts.doubtful);
  return [...notes].map((note) => element("span", { class: "geomap-note" }, note));
}

function leadingBlanks(text: string, start: number, end: number): number {
  const cut = text.slice(start, end);
  return cut.length - cut.trimStart().length;
}
