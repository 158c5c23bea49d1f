// What surrounds the map: heading, search, tabs with lists, controls, credits.
import type { Dataset } from "../data/dataset";
import type { View } from "../data/view";
import { element } from "../elements";
import { formatCount } from "../formats";
import type { State, Store } from "../state";
import { texts } from "../texts";
import { fileDate, makeAbout } from "./about";
import { PlaceList } from "./list";
import { makeUnresolvedList } from "./unresolved";

interface Actions {
  goTo(number: number): void;
  zoom(steps: number): void;
  home(): void;
}

export class Frame {
  readonly root: HTMLElement;
  /** The map with what lies on it. */
  readonly stage: HTMLElement;
  private readonly line = element("p", { class: "geomap-summary", role: "status" });
  private readonly search = element("input", { type: "search", placeholder: texts.search, "aria-label": texts.search, title: texts.searchHint });
  private readonly list: PlaceList;
  private readonly unresolved: HTMLElement;
  private readonly about: HTMLDialogElement;
  private readonly tabs: Record<State["tab"], HTMLElement>;

  constructor(
    mapElement: HTMLElement,
    private readonly dataset: Dataset,
    private readonly store: Store,
    actions: Actions,
  ) {
    this.list = new PlaceList(actions.goTo);
    this.unresolved = makeUnresolvedList(dataset);
    this.about = makeAbout(dataset);
    this.tabs = { places: this.makeTab("places"), unresolved: this.makeTab("unresolved") };
    const credit = element("button", { type: "button", class: "geomap-credit", on: { click: () => this.about.showModal() } }, texts.credit);
    this.stage = element("main", { class: "geomap-stage", "aria-label": texts.map }, mapElement, makeControls(actions), credit);
    this.root = document.getElementById("geomap") ?? element("div", { id: "geomap" });
    this.root.className = "geomap geomap-workbench";
    this.root.append(this.makeSide(), this.stage, this.about);
    this.search.addEventListener("input", () => store.change({ query: this.search.value }));
    store.follow((state) => this.follow(state));
    this.follow(store.state);
  }

  show(view: View, summary: string): void {
    this.line.textContent = summary;
    Object.assign(this.root.dataset, this.dataset.counts, { shownPlaces: view.places.length, shownMentions: view.mentions });
    this.list.show(view, this.store.state.query === "" ? texts.nothingShown : texts.nothingFound);
    this.list.mark(this.store.state.chosen);
    this.tabs.places.lastElementChild?.replaceChildren(formatCount(view.places.length));
  }

  mark(chosen: readonly number[]): void {
    this.list.mark(chosen);
  }

  focusSearch(): void {
    this.store.change({ tab: "places" });
    this.search.focus();
    this.search.select();
  }

  isDialogOpen(): boolean {
    return this.about.open;
  }

  private follow({ tab, query }: State): void {
    if (this.search.value !== query) this.search.value = query;
    for (const [name, button] of Object.entries(this.tabs)) {
      button.setAttribute("aria-selected", String(name === tab));
      button.tabIndex = name === tab ? 0 : -1;
    }
    this.list.root.hidden = tab !== "places";
    this.unresolved.hidden = tab !== "unresolved";
  }

  private makeSide(): HTMLElement {
    const { title, version, indirect } = this.dataset;
    return element(
      "div",
      { class: "geomap-side" },
      element("header", {}, element("h1", { dir: "auto" }, title), this.line, element("p", { class: "geomap-made" }, texts.made(version, fileDate()))),
      element("div", { class: "geomap-find", role: "search" }, this.search, indirect > 0 && this.makeIndirectSwitch(indirect)),
      element(
        "div",
        { class: "geomap-tabs", role: "tablist", on: { keydown: (event) => this.switchTab(event) } },
        this.tabs.places,
        this.tabs.unresolved,
      ),
      this.list.root,
      this.unresolved,
    );
  }

  private makeTab(name: State["tab"]): HTMLElement {
    const [text, count] = name === "places" ? [texts.placesTab, 0] : [texts.unresolvedTab, this.dataset.unresolved.size];
    return element(
      "button",
      { type: "button", role: "tab", "aria-controls": `geomap-panel-${name}`, on: { click: () => this.store.change({ tab: name }) } },
      text,
      element("span", { class: "geomap-tab-count" }, formatCount(count)),
    );
  }

  private switchTab(event: KeyboardEvent): void {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const tab = this.store.state.tab === "places" ? "unresolved" : "places";
    this.store.change({ tab });
    this.tabs[tab].focus();
  }

  private makeIndirectSwitch(count: number): HTMLElement {
    const box = element("input", { type: "checkbox" });
    box.addEventListener("change", () => this.store.change({ indirect: box.checked }));
    return element("label", { class: "geomap-switch", title: texts.indirectHint }, box, texts.indirect(formatCount(count)));
  }
}

function makeControls(actions: Actions): HTMLElement {
  const button = (sign: string, label: string, act: () => void): HTMLElement =>
    element("button", { type: "button", "aria-label": label, title: label, on: { click: act } }, sign);
  return element(
    "div",
    { class: "geomap-controls" },
    button("+", texts.zoomIn, () => actions.zoom(1)),
    button("−", texts.zoomOut, () => actions.zoom(-1)),
    button("⌂", texts.home, actions.home),
  );
}
