// "Wrong?": what the name is instead, and where that holds.
import type { Corpus, Target } from "../data/corpus";
import { element, replaceContent } from "../elements";
import { isolate } from "../formats";
import { texts } from "../texts";
import { type Correction, type Reach, REACHES } from "./correction";
import { findOptions, foundLater, listOptions, noPlace, type Option, optionAt, optionOf, type Subject } from "./options";
import { countNames, explain } from "./reach";

export interface FormActions {
  suggest(text: string, limit: number): readonly number[];
  /** Let the reader click on the map: a place, a point, or null where they do not. */
  pick(name: string): Promise<number | { latitude: number; longitude: number } | null>;
  /** Show on the map what else the name may be. */
  showOthers(mention: number | null): void;
  apply(correction: Correction): void;
  cancel(): void;
}

const PATIENCE = 120;
let forms = 0;

export class CorrectionForm {
  readonly root: HTMLElement;
  private readonly name = `geomap-correction-${++forms}`;
  private readonly choices = element("ul", { class: "geomap-choices" });
  private readonly legend = element("legend", {});
  private readonly empty = element("p", { class: "geomap-hint", role: "status" });
  private readonly search: HTMLInputElement;
  private readonly reach = element("fieldset", { class: "geomap-reach" });
  private readonly isIndirect = element("input", { type: "checkbox" });
  private readonly note = element("input", { type: "text", maxlength: "200" });
  private readonly hint = element("p", { class: "geomap-hint" });
  private readonly submit = element("button", { type: "button", class: "geomap-primary", disabled: true, on: { click: () => this.apply() } }, texts.correcting.apply);
  private subject: Subject;
  private options: Option[] = [];
  private found: Option[] = [];
  private picked: Option | null = null;
  private chosen: Option | null = null;
  private reached: Reach = "here";
  private timer = 0;

  /** `subjects` are the names that may be meant: those of one excerpt. */
  constructor(
    private readonly corpus: Corpus,
    private readonly subjects: readonly Subject[],
    private readonly actions: FormActions,
  ) {
    this.subject = subjects[0]!;
    this.search = element("input", { type: "search", placeholder: texts.correcting.anotherHint, "aria-label": texts.correcting.another, autocomplete: "off", spellcheck: "false", dir: "auto" });
    this.search.addEventListener("input", () => this.find());
    this.root = this.build();
    this.root.addEventListener("keydown", (event) => this.answerKey(event));
    this.show(this.subject);
  }

  focus(): void {
    (this.root.querySelector<HTMLElement>("input[type=radio]") ?? this.search).focus({ preventScroll: true });
    this.root.scrollIntoView({ block: "nearest" });
  }

  /** Choose the alternative that was clicked on the map. */
  pointAt(alternative: number): void {
    const { mention } = this.subject;
    const placeId = mention === null ? undefined : this.corpus.mentions.alternatives(mention)[alternative]?.placeId;
    const option = this.options.find(({ target }) => target !== null && target.placeId === placeId);
    if (option) this.choose(option, true);
  }

  private build(): HTMLElement {
    const pick = element("button", { type: "button", class: "geomap-secondary", on: { click: () => void this.pick() } }, texts.correcting.onMap);
    const cancel = element("button", { type: "button", class: "geomap-secondary", on: { click: () => this.actions.cancel() } }, texts.correcting.cancel);
    return element(
      "div",
      { class: "geomap-correct", role: "group", "aria-label": texts.correcting.form(isolate(this.subject.name)) },
      this.subjects.length > 1 && this.makeSubjects(),
      element("fieldset", {}, this.legend, this.choices, element("div", { class: "geomap-another" }, this.search, pick), this.empty),
      element("label", { class: "geomap-check" }, this.isIndirect, element("span", {}, texts.correcting.indirect)),
      this.reach,
      element("label", { class: "geomap-note-field" }, texts.correcting.note, this.note),
      this.hint,
      element("p", { class: "geomap-buttons-row" }, this.submit, cancel),
    );
  }

  private makeSubjects(): HTMLElement {
    const select = element("select", {}, ...this.subjects.map(({ name }, row) => element("option", { value: row }, `${row + 1}. ${name}`)));
    select.addEventListener("change", () => this.show(this.subjects[Number(select.value)] ?? this.subject));
    return element("label", { class: "geomap-which" }, texts.correcting.which, select);
  }

  private show(subject: Subject): void {
    this.subject = subject;
    this.legend.textContent = texts.correcting.question(isolate(subject.name));
    this.options = listOptions(this.corpus, subject, this.actions.suggest);
    [this.found, this.picked, this.chosen] = [[], null, null];
    this.search.value = "";
    this.showReach();
    this.showChoices();
    this.actions.showOthers(subject.mention);
  }

  /** The places, what was searched for and pointed at, and what is none. */
  private listChoices(): Option[] {
    const known = [...this.options, ...this.found, ...(this.picked === null ? [] : [this.picked])];
    return [...known, this.subject.mention === null ? foundLater() : noPlace()];
  }

  private showChoices(): void {
    const focused = this.choices.contains(document.activeElement);
    const rows = this.listChoices().map((option, row) => this.makeChoice(option, row));
    replaceContent(this.choices, ...rows);
    if (focused) this.choices.querySelector<HTMLElement>("input:checked")?.focus({ preventScroll: true });
    this.submit.disabled = this.chosen === null;
    this.hint.textContent = this.chosen === null ? "" : explain(this.corpus, this.subject, this.chosen, this.reached);
  }

  private makeChoice(option: Option, row: number): HTMLElement {
    const button = element("input", { type: "radio", name: this.name, value: row });
    button.checked = this.chosen !== null && isSame(option, this.chosen);
    button.addEventListener("change", () => this.choose(option, false));
    const detail = option.detail !== "" && element("span", { class: "geomap-choice-detail", dir: "auto" }, option.detail);
    return element("li", {}, element("label", { class: "geomap-check" }, button, element("span", { class: "geomap-choice" }, element("span", { dir: "auto" }, option.label), " ", detail)));
  }

  private choose(option: Option, isDrawn: boolean): void {
    this.chosen = option;
    if (isDrawn) return this.showChoices();
    this.submit.disabled = false;
    this.hint.textContent = explain(this.corpus, this.subject, option, this.reached);
  }

  private showReach(): void {
    const counts = countNames(this.corpus, this.subject);
    const buttons = REACHES.map((reach) => {
      const button = element("input", { type: "radio", name: `${this.name}-reach`, value: reach });
      button.checked = reach === this.reached;
      button.addEventListener("change", () => {
        this.reached = reach;
        this.hint.textContent = this.chosen === null ? "" : explain(this.corpus, this.subject, this.chosen, reach);
      });
      return element("label", { class: "geomap-check" }, button, element("span", {}, texts.correcting.reaches[reach], " ", element("span", { class: "geomap-row-count" }, counts[reach])));
    });
    replaceContent(this.reach, element("legend", {}, texts.correcting.reach), ...buttons);
  }

  private find(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.showFound(), PATIENCE);
  }

  private showFound(): void {
    clearTimeout(this.timer);
    const words = this.search.value.trim();
    const isListed = (option: Option): boolean => this.options.some((other) => isSame(option, other));
    const all = words === "" ? [] : findOptions(this.corpus, this.subject, words, this.actions.suggest);
    this.found = all.filter((option) => !isListed(option));
    this.empty.textContent = words !== "" && all.length === 0 ? texts.correcting.nothingFound : "";
    if (this.chosen !== null && !this.listChoices().some((option) => isSame(option, this.chosen!))) this.chosen = null;
    this.showChoices();
  }

  private async pick(): Promise<void> {
    const found = await this.actions.pick(this.subject.name);
    if (!this.root.isConnected) return;
    this.submit.focus({ preventScroll: true });
    if (found === null) return;
    const picked = typeof found === "number" ? optionOf(this.corpus, found, this.subject.mention === null ? "is-a-place" : "is") : optionAt(this.subject, found);
    const listed = [...this.options, ...this.found].find((option) => isSame(option, picked));
    this.picked = listed === undefined ? picked : null;
    this.choose(listed ?? picked, true);
    this.submit.focus();
  }

  private apply(): void {
    const { chosen, subject, reached } = this;
    if (chosen === null) return;
    const report = reached === "everywhere" ? "" : (this.corpus.reports.id[subject.report] ?? "");
    const { action, target } = chosen;
    const start = reached === "here" ? subject.start : -1;
    const usage = this.isIndirect.checked && action !== "is-not-a-place" ? "associative" : "";
    this.actions.apply({ name: subject.name, action, reach: reached, report, start, target, usage, note: this.note.value.trim(), date: today() });
  }

  private answerKey(event: KeyboardEvent): void {
    if (event.key === "Escape" && event.target === this.search && this.search.value !== "") {
      this.search.value = "";
      this.showFound();
      event.stopPropagation();
    } else if (event.key === "Enter" && event.target instanceof HTMLInputElement) {
      if (event.target === this.search) this.takeFirst();
      else this.apply();
    } else return;
    event.preventDefault();
  }

  private takeFirst(): void {
    this.showFound();
    const [first] = this.found;
    if (first !== undefined) this.choose(first, true);
    this.choices.querySelector<HTMLElement>("input:checked")?.focus();
  }
}

function isSame(one: Option, other: Option): boolean {
  return one.action === other.action && isSameTarget(one.target, other.target);
}

function isSameTarget(one: Target | null, other: Target | null): boolean {
  if (one === null || other === null) return one === other;
  return one.placeId === other.placeId && one.latitude === other.latitude && one.longitude === other.longitude;
}

/** The reader's own day, ISO 8601. */
function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
