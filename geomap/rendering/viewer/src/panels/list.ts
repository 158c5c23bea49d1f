// The list of places beside the map: the keyboard's way to them.
import type { ShownPlace, View } from "../data/view";
import { element, replaceContent } from "../elements";
import { formatCount } from "../formats";
import { kindOf } from "../kinds";
import { texts } from "../texts";
import { locate } from "./place";
import { DOUBTFUL } from "../data/view";

const PAGE = 150;

export class PlaceList {
  readonly root = element("div", { class: "geomap-list", id: "geomap-panel-places", role: "tabpanel", "aria-label": texts.placesTab });
  private readonly items = element("ul", {});
  private readonly more = element("button", { type: "button", class: "geomap-more", on: { click: () => this.grow() } });
  private places: readonly ShownPlace[] = [];
  private chosen: readonly number[] = [];

  constructor(private readonly choose: (number: number) => void) {
    this.items.addEventListener("keydown", (event) => moveFocus(event));
  }

  show(view: View, empty: string): void {
    this.places = view.places;
    this.items.replaceChildren();
    if (view.places.length === 0) replaceContent(this.root, element("p", { class: "geomap-empty" }, empty));
    else replaceContent(this.root, this.items, this.more);
    this.grow();
    this.root.scrollTop = 0;
  }

  mark(chosen: readonly number[]): void {
    this.chosen = chosen;
    for (const button of this.items.querySelectorAll("button")) {
      button.setAttribute("aria-current", String(chosen.includes(Number(button.dataset["number"]))));
    }
  }

  private grow(): void {
    const shown = this.items.childElementCount;
    this.items.append(...this.places.slice(shown, shown + PAGE).map((place) => this.makeItem(place)));
    const left = this.places.length - this.items.childElementCount;
    this.more.hidden = left === 0;
    this.more.textContent = texts.more(formatCount(Math.min(PAGE, left)), formatCount(left));
  }

  private makeItem({ place, mentions, confidence }: ShownPlace): HTMLElement {
    const where = [kindOf(place), locate(place), confidence < DOUBTFUL && texts.doubtful].filter(Boolean).join(" · ");
    return element(
      "li",
      {},
      element(
        "button",
        {
          type: "button",
          class: "geomap-row",
          "data-number": place.number,
          "data-place": place.id,
          "aria-current": String(this.chosen.includes(place.number)),
          on: { click: () => this.choose(place.number) },
        },
        element("span", { class: "geomap-row-name", dir: "auto" }, place.name),
        element("span", { class: "geomap-row-count" }, formatCount(mentions.length)),
        element("span", { class: "geomap-row-where" }, where),
      ),
    );
  }
}

function moveFocus(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || !(event.target instanceof Element)) return;
  const row = event.target.closest("li");
  const next = step > 0 ? row?.nextElementSibling : row?.previousElementSibling;
  next?.querySelector("button")?.focus();
  event.preventDefault();
}
