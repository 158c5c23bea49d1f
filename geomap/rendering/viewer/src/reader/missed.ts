// Names that were missed: selected in the text of a report, or typed where selecting is out of reach.
import type { Corpus } from "../data/corpus";
import { toCodePoints } from "../data/offsets";
import { element } from "../elements";
import { isolate } from "../formats";
import { icon } from "../icons";
import { makeNamePattern } from "../corrections/correction";
import type { Subject } from "../corrections/options";
import { texts } from "../texts";

const LONGEST = 120;
const WORD = /[\p{L}\p{N}_]/u;
/** A tap on the button takes the selection away before it is heard. */
const PATIENCE = 400;

type Range = readonly [start: number, end: number];

export class Missed {
  /** Stands below the text. */
  readonly root: HTMLElement;
  /** Appears over the text while a part of it is selected. */
  readonly bar = element("div", { class: "geomap-selected", hidden: true });
  private readonly field = element("input", { type: "text", "aria-label": texts.correcting.missedField, maxlength: LONGEST, autocomplete: "off", dir: "auto" });
  private readonly answer = element("p", { class: "geomap-hint", role: "status" });
  private report = -1;
  private timer = 0;

  /** `open` shows the form for a name behind the paragraph that holds it. */
  constructor(
    private readonly corpus: Corpus,
    private readonly text: HTMLElement,
    private readonly open: (subject: Subject, offset: number) => void,
  ) {
    const find = element("button", { type: "button", class: "geomap-secondary", on: { click: () => this.find() } }, texts.correcting.find);
    this.field.addEventListener("keydown", (event) => event.key === "Enter" && this.find());
    this.root = element("div", { class: "geomap-missed" }, element("p", { class: "geomap-hint" }, texts.correcting.missedHint), element("div", { class: "geomap-another" }, this.field, find), this.answer);
    for (const name of ["mousedown", "pointerdown"] as const) this.bar.addEventListener(name, (event) => event.preventDefault()); // the selection stays
    document.addEventListener("selectionchange", () => this.follow());
  }

  show(report: number): void {
    this.report = report;
    this.field.value = this.answer.textContent = "";
    this.bar.hidden = true;
  }

  private follow(): void {
    clearTimeout(this.timer);
    const range = this.text.isConnected ? this.findSelected() : null;
    if (range !== null) this.offer(range);
    else this.timer = window.setTimeout(() => (this.bar.hidden = true), PATIENCE);
  }

  private offer(range: Range): void {
    const subject = this.makeSubject(range);
    const act = (): void => {
      this.bar.hidden = true;
      this.open(subject, range[0]);
    };
    this.bar.replaceChildren(element("button", { type: "button", class: "geomap-primary", on: { click: act } }, icon("pen"), texts.correcting.missed(isolate(subject.name))));
    this.bar.hidden = false;
  }

  private find(): void {
    const text = this.corpus.reports.text(this.report) ?? "";
    const found = findUnmarked(text, this.field.value, this.marked());
    this.answer.textContent = found === null ? texts.correcting.notInText : "";
    if (found !== null) this.open(this.makeSubject(found), found[0]);
  }

  /** The part of the text that is selected, in whole words; null where it is none, or more than a name can be. */
  private findSelected(): Range | null {
    const selection = document.getSelection();
    const text = this.corpus.reports.text(this.report);
    if (selection === null || selection.isCollapsed || selection.rangeCount === 0 || text === null) return null;
    const range = selection.getRangeAt(0);
    const [holder, last] = [findHolder(range.startContainer), findHolder(range.endContainer)];
    if (holder === null || holder !== last || !this.text.contains(holder)) return null;
    const before = document.createRange();
    before.selectNodeContents(holder);
    before.setEnd(range.startContainer, range.startOffset);
    const start = Number(holder.dataset["start"]) + before.toString().length;
    return snapToWords(text, start, start + range.toString().length);
  }

  private makeSubject([start, end]: Range): Subject {
    const text = this.corpus.reports.text(this.report) ?? "";
    const { mentions } = this.corpus;
    const same = this.rows().find((mention) => mentions.start[mention] === start && mentions.end[mention] === end);
    return { name: text.slice(start, end), report: this.report, start: toCodePoints(text, start), mention: same ?? null };
  }

  private marked(): Range[] {
    const { start, end } = this.corpus.mentions;
    return this.rows().map((mention) => [start[mention]!, end[mention]!]);
  }

  private rows(): number[] {
    const { firstMention } = this.corpus.reports;
    const first = firstMention[this.report] ?? 0;
    return Array.from({ length: (firstMention[this.report + 1] ?? first) - first }, (_, row) => first + row);
  }
}

/** The words that a part of a text touches, without blanks and signs around them; null for none, or too many. */
export function snapToWords(text: string, start: number, end: number): Range | null {
  while (start < end && !WORD.test(text[start]!) && !isHalf(text, start)) start++;
  while (end > start && !WORD.test(text[end - 1]!) && !isHalf(text, end - 1)) end--;
  if (start === end) return null;
  while (start > 0 && WORD.test(text[start - 1]!) && WORD.test(text[start]!)) start--;
  while (end < text.length && WORD.test(text[end]!) && WORD.test(text[end - 1]!)) end++;
  return end - start > LONGEST ? null : [start, end];
}

/** Where a name stands that nothing marks yet; null where it does not. */
export function findUnmarked(text: string, name: string, marked: readonly Range[]): Range | null {
  if (name.trim() === "") return null;
  for (const found of text.matchAll(makeNamePattern(name))) {
    const [start, end] = [found.index, found.index + found[0].length];
    if (!marked.some(([from, to]) => from < end && start < to)) return [start, end];
  }
  return null;
}

function isHalf(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xf800) === 0xd800;
}

function findHolder(node: Node): HTMLElement | null {
  return (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>("[data-start]") ?? null;
}
