// The panel over the map: the chosen place, the choice between places of one spot, or a report.
import type { Corpus } from "../data/corpus";
import type { Selection } from "../data/selection";
import { element, replaceContent } from "../elements";
import { formatCount, isolate } from "../formats";
import { icon } from "../icons";
import { Reader, type ReaderActions } from "../reader/reader";
import type { State } from "../state";
import { texts } from "../texts";
import type { CardActions } from "../panels/card";
import { makePlaceDetails } from "../panels/place";
import { makePlaceRow, moveFocus } from "../panels/rows";

export interface DockActions extends ReaderActions {
  close(): void;
  /** From a report back to the place. */
  back(): void;
  card(): CardActions;
}

export class Dock {
  readonly root: HTMLElement;
  private readonly body = element("div", { class: "geomap-panel-body", tabindex: "-1" });
  private readonly bar = element("div", { class: "geomap-panel-bar" });
  private readonly reader: Reader;
  private before: Element | null = null;
  private shown = "";

  constructor(
    private readonly corpus: Corpus,
    private readonly actions: DockActions,
  ) {
    this.reader = new Reader(corpus, actions);
    this.root = element("section", { class: "geomap-panel", "aria-label": texts.details, hidden: true }, this.bar, this.body);
  }

  /** Show what is chosen; `isRefresh` where only the filters have changed. */
  show(state: State, selection: Selection, isRefresh = false): void {
    const key = state.report !== null ? `report ${state.report}` : state.chosen.join(" ");
    const wasHidden = this.root.hidden === true;
    const isSame = key === this.shown && !isRefresh;
    this.shown = key;
    this.root.hidden = key === "";
    if (key === "") return this.leave(wasHidden);
    if (wasHidden) this.before = document.activeElement;
    if (!isSame) this.fill(state, selection, isRefresh);
    if (state.report !== null) this.reader.mark(state.chosen);
  }

  /** False where the panel is closed. */
  focus(): boolean {
    this.body.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
    return !this.root.hidden;
  }

  hover(places: readonly number[]): void {
    if (this.shown.startsWith("report")) this.reader.hover(places);
  }

  /** Pixels of the map that the panel hides at the right, or at the bottom on narrow screens. */
  covered(): { readonly right: number; readonly bottom: number } {
    if (this.root.hidden) return { right: 0, bottom: 0 };
    if (getComputedStyle(this.root).position === "absolute") return { right: this.root.offsetWidth + 14, bottom: 0 };
    const stage = this.root.parentElement?.querySelector(".folium-map")?.getBoundingClientRect().bottom ?? 0;
    return { right: 0, bottom: Math.max(0, stage - this.root.getBoundingClientRect().top) };
  }

  private leave(wasHidden: boolean): void {
    replaceContent(this.body);
    if (!wasHidden && this.before instanceof HTMLElement) findAgain(this.before)?.focus({ preventScroll: true });
  }

  private fill(state: State, selection: Selection, isRefresh: boolean): void {
    const { report, chosen } = state;
    const scrolled = this.body.scrollTop;
    this.root.setAttribute("aria-label", report === null ? texts.details : texts.reader);
    this.root.classList.toggle("is-reader", report !== null);
    const steps = report !== null && this.reader.makeSteps(report, selection);
    replaceContent(this.bar, report !== null && chosen.length === 1 && this.makeBack(chosen[0]!), steps, this.makeClose());
    if (report !== null) {
      this.reader.show(report, selection);
      replaceContent(this.body, this.reader.root);
    } else {
      const [first] = chosen;
      replaceContent(this.body, chosen.length === 1 ? makePlaceDetails(this.corpus, selection, first!, this.actions.card()) : this.makeChoice(chosen, selection));
    }
    this.body.scrollTop = isRefresh ? scrolled : 0;
    if (isRefresh) return;
    this.body.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
  }

  private makeBack(place: number): HTMLElement {
    const name = this.corpus.places.name[place] ?? "";
    return element(
      "button",
      { type: "button", class: "geomap-back", "aria-label": texts.back(isolate(name)), on: { click: () => this.actions.back() } },
      icon("back"),
      element("span", { dir: "auto" }, name),
    );
  }

  private makeClose(): HTMLElement {
    return element("button", { type: "button", class: "geomap-close", "aria-label": texts.close, title: texts.close, on: { click: () => this.actions.close() } }, icon("close"));
  }

  private makeChoice(chosen: readonly number[], selection: Selection): HTMLElement {
    const counts = selection.placeCounts;
    const rows = [...chosen].sort((left, right) => counts[right]! - counts[left]! || left - right).map((place) => element("li", {}, makePlaceRow(this.corpus, selection, place)));
    const heading = element("h2", { class: "geomap-place-name", tabindex: "-1" }, texts.oneSpot(texts.places(chosen.length, formatCount(chosen.length))));
    const list = element("ul", {}, ...rows);
    list.addEventListener("keydown", (event) => moveFocus(event));
    return element("div", { class: "geomap-details" }, heading, list);
  }
}

/** Rows of lists are made anew when the map moves; null where nothing stands for the element any more. */
function findAgain(element: HTMLElement): HTMLElement | null {
  const { place, report } = element.dataset;
  if (element.isConnected || !element.classList.contains("geomap-row")) return element;
  const same = place === undefined ? `[data-report="${CSS.escape(report ?? "")}"]` : `[data-place="${CSS.escape(place)}"]`;
  return document.querySelector<HTMLElement>(`.geomap-lists .geomap-row${same}`) ?? document.querySelector<HTMLElement>(".geomap-lists .geomap-row");
}
