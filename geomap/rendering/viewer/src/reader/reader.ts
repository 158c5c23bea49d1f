// A whole report: its text with all its places, which are also shown on the map with the links between them.
import type { Corpus } from "../data/corpus";
import type { Selection } from "../data/selection";
import { element, outsideLink, replaceContent } from "../elements";
import { makeSubject, type Subject } from "../corrections/options";
import { formatCount, formatDate, isolate } from "../formats";
import { icon } from "../icons";
import { makeDate, makeOrigin } from "../panels/card";
import { linkToPlace } from "../panels/links";
import { nameReport } from "../panels/names";
import { texts } from "../texts";
import { Missed } from "./missed";
import { makeText } from "./text";

export interface ReaderActions {
  open(report: number): void;
  /** Leave the report for the place. */
  openPlace(place: number): void;
  /** Open or close the form that corrects one of these names. */
  correct(subjects: readonly Subject[], room: HTMLElement, button: HTMLElement | null): void;
}

export class Reader {
  readonly root = element("div", { class: "geomap-reader" });
  private readonly chosenLine = element("p", { class: "geomap-here", hidden: true });
  private readonly body = element("div", {});
  private readonly missed: Missed;
  private room: HTMLElement | null = null;
  private report = -1;
  /** The name that was clicked last: a place may have several in a report. */
  private clicked: number | null = null;

  constructor(
    private readonly corpus: Corpus,
    private readonly actions: ReaderActions,
  ) {
    this.missed = new Missed(corpus, this.root, (subject, offset) => this.correct([subject], this.findParagraph(offset), null));
    this.root.addEventListener("click", (event) => this.click(event));
  }

  show(report: number, selection: Selection): void {
    [this.report, this.clicked] = [report, null];
    this.missed.show(report);
    const heading = element("h2", { class: "geomap-place-name", dir: "auto", tabindex: "-1" }, nameReport(this.corpus, report));
    replaceContent(
      this.root,
      heading,
      element("p", { class: "geomap-meta" }, makeOrigin(this.corpus, report), makeDate(this.corpus, report)),
      this.makeCopies(report),
      this.chosenLine,
      this.body,
      this.missed.bar,
      this.missed.root,
      this.makePlaces(report),
    );
    void this.fill(report, selection.filter.query, heading);
  }

  /** Buttons to the reports before and after, in the order of the list. */
  makeSteps(report: number, { reports }: Selection): HTMLElement | null {
    const at = reports.indexOf(report);
    if (at < 0 || reports.length < 2) return null;
    const button = (to: number | undefined, name: "earlier" | "later", label: string): HTMLElement =>
      element(
        "button",
        { type: "button", class: "geomap-icon", "aria-label": label, title: label, disabled: to === undefined, on: { click: () => to !== undefined && this.actions.open(to) } },
        icon(name),
      );
    return element("span", { class: "geomap-buttons" }, button(reports[at - 1], "earlier", texts.previousReport), button(reports[at + 1], "later", texts.nextReport));
  }

  /** Point out where the text names the chosen places. */
  mark(places: readonly number[]): void {
    const names = [...this.root.querySelectorAll<HTMLElement>(".geomap-name")];
    const chosen = names.filter((name) => places.includes(Number(name.dataset["toPlace"])));
    for (const name of names) name.classList.toggle("is-chosen", chosen.includes(name));
    chosen[0]?.scrollIntoView({ block: "nearest" });
    const [place] = places;
    this.chosenLine.hidden = places.length !== 1;
    if (place === undefined || places.length !== 1) return;
    const open = element("button", { type: "button", class: "geomap-link", on: { click: () => this.actions.openPlace(place) } }, texts.openPlace);
    const times = texts.mentions(chosen.length, formatCount(chosen.length));
    const wrong = element("button", { type: "button", class: "geomap-link", "aria-expanded": "false", on: { click: () => this.doubt(chosen, wrong) } }, texts.correcting.wrong);
    replaceContent(this.chosenLine, texts.nameHere(isolate(this.corpus.places.name[place] ?? ""), times), " ", element("span", { class: "geomap-here-actions" }, open, wrong));
  }

  /** Correct the name that was clicked; where none was, one of those that are pointed out. */
  private doubt(chosen: readonly HTMLElement[], button: HTMLElement): void {
    const clicked = chosen.find(({ dataset }) => Number(dataset["mention"]) === this.clicked);
    const names = clicked === undefined ? chosen : [clicked];
    const subjects = names.map(({ dataset }) => makeSubject(this.corpus, Number(dataset["mention"])));
    if (names[0] !== undefined) this.correct(subjects, names[0].closest<HTMLElement>("[data-start]"), button);
  }

  private click(event: Event): void {
    const name = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-mention]") : null;
    if (name === null) return;
    this.clicked = Number(name.dataset["mention"]);
    if (name.classList.contains("geomap-nameless")) this.correct([makeSubject(this.corpus, this.clicked)], name.closest<HTMLElement>("[data-start]"), name);
  }

  /** Open the form behind the paragraph, or close it where it stands there for the same button. */
  private correct(subjects: readonly Subject[], paragraph: HTMLElement | null, button: HTMLElement | null): void {
    const isOpen = button?.getAttribute("aria-expanded") === "true";
    if (this.room === null || !isOpen) {
      this.room?.remove();
      this.room = element("div", { class: "geomap-room", hidden: true });
      (paragraph ?? this.body).after(this.room);
    }
    this.actions.correct(subjects, this.room, button);
  }

  private findParagraph(offset: number): HTMLElement | null {
    const all = [...this.root.querySelectorAll<HTMLElement>("[data-start]")];
    return all.filter(({ dataset }) => Number(dataset["start"]) <= offset).at(-1) ?? null;
  }

  /** Point out the names of a place that the pointer is on. */
  hover(places: readonly number[]): void {
    for (const name of this.root.querySelectorAll<HTMLElement>(".geomap-name")) {
      name.classList.toggle("is-hovered", places.includes(Number(name.dataset["toPlace"])));
    }
  }

  private async fill(report: number, query: string, heading: HTMLElement): Promise<void> {
    const fillIn = (text: string): void => {
      const made = makeText(this.corpus, report, text, query);
      replaceContent(this.body, made.body);
      if (made.heading) replaceContent(heading, ...made.heading.children);
      if (made.heading) heading.dataset["start"] = String(made.heading.start);
    };
    const ready = this.corpus.reports.text(report);
    if (ready !== null) return fillIn(ready);
    replaceContent(this.body, element("p", { class: "geomap-hint" }, texts.loading));
    try {
      const text = await this.corpus.reports.loadText(report);
      if (report === this.report) fillIn(text);
    } catch {
      if (report === this.report) replaceContent(this.body, element("p", { class: "geomap-warning" }, texts.textMissing));
    }
  }

  /** The reports that tell the same story and are therefore not on the map themselves. */
  private makeCopies(report: number): HTMLElement | null {
    const copies = this.corpus.reports.copies(report);
    if (copies.length === 0) return null;
    const items = copies.map(({ id, title, source, date, url }) =>
      element("li", {}, outsideLink(url, title || id, { dir: "auto" }), " · ", element("bdi", {}, source), source !== "" && " · ", formatDate(date)),
    );
    const heading = element("summary", {}, texts.copies(copies.length, formatCount(copies.length)));
    return element("details", { class: "geomap-copies" }, heading, element("ul", {}, ...items));
  }

  private makePlaces(report: number): HTMLElement {
    const { firstMention } = this.corpus.reports;
    const rows = this.corpus.mentions.place.slice(firstMention[report], firstMention[report + 1]);
    const places = [...new Set(rows)].filter((place) => place >= 0);
    const heading = element("h3", {}, texts.placesHere);
    if (places.length === 0) return element("p", { class: "geomap-hint" }, texts.noPlacesHere);
    const items = places.map((place) => element("li", {}, linkToPlace(this.corpus, place, {}, element("bdi", {}, this.corpus.places.name[place] ?? ""))));
    return element("div", { class: "geomap-places-here" }, heading, element("ul", {}, ...items));
  }
}
