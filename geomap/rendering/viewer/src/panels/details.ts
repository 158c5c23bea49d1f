// The panel of the chosen place; where several places share one spot, first the choice between them.
import type { Dataset } from "../data/dataset";
import type { ShownPlace } from "../data/view";
import { element, replaceContent } from "../elements";
import { formatCount } from "../formats";
import { kindOf } from "../kinds";
import { texts } from "../texts";
import { locate, makePlaceDetails } from "./place";

export class Details {
  readonly root: HTMLElement;
  private readonly body = element("div", { class: "geomap-panel-body" });
  private before: Element | null = null;

  constructor(
    private readonly dataset: Dataset,
    private readonly choose: (numbers: readonly number[]) => void,
  ) {
    const close = element("button", { type: "button", class: "geomap-close", "aria-label": texts.close, on: { click: () => choose([]) } }, "×");
    this.root = element("section", { class: "geomap-panel", "aria-label": texts.details, hidden: true }, close, this.body);
  }

  show(places: readonly ShownPlace[]): void {
    const wasHidden = this.root.hidden;
    this.root.hidden = places.length === 0;
    const [first] = places;
    if (first === undefined) {
      replaceContent(this.body);
      if (!wasHidden && this.before instanceof HTMLElement) this.before.focus();
      return;
    }
    if (wasHidden) this.before = document.activeElement;
    replaceContent(this.body, places.length === 1 ? makePlaceDetails(first, this.dataset) : this.makeChoice(places));
    this.body.scrollTop = 0;
    this.body.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
  }

  /** Pixels of the map that the panel hides at the right. */
  coveredWidth(): number {
    return this.isBeside() ? this.root.offsetWidth : 0;
  }

  /** Pixels of the map that the panel hides at the bottom, on narrow screens. */
  coveredHeight(): number {
    if (this.root.hidden || this.isBeside()) return 0;
    const stage = this.root.parentElement?.getBoundingClientRect().bottom ?? 0;
    return Math.max(0, stage - this.root.getBoundingClientRect().top);
  }

  private isBeside(): boolean {
    return !this.root.hidden && getComputedStyle(this.root).position === "absolute";
  }

  private makeChoice(places: readonly ShownPlace[]): HTMLElement {
    const rows = [...places]
      .sort((left, right) => right.mentions.length - left.mentions.length || left.place.number - right.place.number)
      .map((shown) => element("li", {}, this.makeRow(shown)));
    const heading = element("h2", { class: "geomap-place-name", tabindex: "-1" }, texts.oneSpot(formatCount(places.length)));
    return element("div", { class: "geomap-details" }, heading, element("ul", {}, ...rows));
  }

  private makeRow({ place, mentions }: ShownPlace): HTMLElement {
    return element(
      "button",
      { type: "button", class: "geomap-row", "data-place": place.id, on: { click: () => this.choose([place.number]) } },
      element("span", { class: "geomap-row-name", dir: "auto" }, place.name),
      element("span", { class: "geomap-row-count" }, formatCount(mentions.length)),
      element("span", { class: "geomap-row-where" }, [kindOf(place), locate(place)].filter(Boolean).join(" · ")),
    );
  }
}
