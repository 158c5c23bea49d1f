// The parts of the page and where they stand: the side with search, filters and lists, and the stage with the map.
import type { Corpus } from "../data/corpus";
import type { Filter } from "../data/filter";
import type { Selection } from "../data/selection";
import { element, replaceContent } from "../elements";
import { ExportMenu } from "../export/menu";
import { Chips, countFilters } from "../filters/chips";
import { FilterPanel } from "../filters/panel";
import { formatCount } from "../formats";
import { icon } from "../icons";
import { SearchBox, type SearchActions } from "../search/box";
import { texts } from "../texts";
import { Timeline } from "../time/timeline";
import { fileDate, makeAbout } from "./about";
import { type ControlActions, makeControls, makeTileSwitch } from "./controls";
import type { Dock } from "./dock";
import { Drawer } from "./drawer";
import type { Lists } from "../panels/lists";
import { summarize } from "../panels/summary";

export interface FrameActions extends Omit<ControlActions, "toggleTime"> {
  readonly search: SearchActions;
  filter(part: Partial<Filter>): void;
  selection(): Selection;
  setTiles(isOn: boolean): void;
}

export interface FrameParts {
  readonly map: HTMLElement;
  readonly lists: Lists;
  readonly dock: Dock;
  readonly corrections: HTMLElement;
  readonly tiles: { readonly host: string; readonly attribution: string } | null;
}

export class Frame {
  readonly root: HTMLElement;
  readonly drawer = new Drawer();
  readonly search: SearchBox;
  private readonly line = element("p", { class: "geomap-summary", role: "status" });
  private readonly toast = element("p", { class: "geomap-toast", role: "status" });
  private readonly chips: Chips;
  private readonly filters: FilterPanel;
  private readonly filterButton: HTMLElement;
  private readonly filterCount = element("span", { class: "geomap-badge", hidden: true });
  private readonly timeline: Timeline;
  private about: HTMLDialogElement | null = null;
  private isFilterFresh = false;

  constructor(
    private readonly corpus: Corpus,
    private readonly actions: FrameActions,
    private readonly parts: FrameParts,
  ) {
    this.search = new SearchBox(corpus, actions.search);
    this.chips = new Chips(corpus, (part) => actions.filter(part));
    this.filters = new FilterPanel(corpus, (part) => actions.filter(part));
    this.timeline = new Timeline(corpus, (part) => actions.filter(part));
    this.filterButton = element(
      "button",
      { type: "button", class: "geomap-filter-button", "aria-expanded": "false", "aria-controls": "geomap-filters", on: { click: () => this.openFilters(this.filters.root.hidden === true) } },
      icon("filter"),
      element("span", {}, texts.filters),
      this.filterCount,
    );
    const side = this.makeSide();
    this.drawer.attach(side);
    this.search.root.addEventListener("focusin", () => this.drawer.open(true));
    this.root = document.getElementById("geomap") ?? element("div", { id: "geomap" });
    this.root.className = "geomap geomap-workbench";
    this.root.append(side, this.makeStage(), this.toast);
    document.documentElement.lang = texts.language;
  }

  show(selection: Selection): void {
    const { filter } = selection;
    this.line.textContent = summarize(this.corpus, selection);
    Object.assign(this.root.dataset, this.corpus.counts, { shownPlaces: selection.places.length, shownMentions: selection.mentionCount, shownQuiet: selection.quietCount, shownReports: selection.reports.length });
    this.search.show(filter.query);
    this.chips.show(filter);
    this.timeline.show(selection);
    const count = countFilters(this.corpus, filter);
    this.filterCount.hidden = count === 0;
    this.filterCount.textContent = formatCount(count);
    this.isFilterFresh = false;
    this.fillFilters();
  }

  /** A word that passes by: copied, not copied. */
  say(text: string): void {
    this.toast.textContent = text;
    this.toast.classList.add("is-shown");
    setTimeout(() => {
      this.toast.classList.remove("is-shown");
      this.toast.textContent = "";
    }, 2500);
  }

  /** Clear the map of what lies on it as long as a click on it is waited for: on narrow screens that is most of it. */
  makeRoom(isNeeded: boolean): void {
    this.root.classList.toggle("is-picking", isNeeded);
  }

  isDialogOpen(): boolean {
    return this.about?.open ?? false;
  }

  /** Close what is open over the lists; false where nothing is. */
  closeFilters(): boolean {
    if (this.filters.root.hidden) return false;
    this.openFilters(false);
    this.filterButton.focus();
    return true;
  }

  private showAbout(): void {
    if (this.about === null) {
      this.about = makeAbout(this.corpus, this.parts.tiles);
      this.root.append(this.about);
    }
    this.about.showModal();
  }

  private openFilters(isOpen: boolean): void {
    this.filters.root.hidden = !isOpen;
    this.filterButton.setAttribute("aria-expanded", String(isOpen));
    this.drawer.open(isOpen || this.drawer.isOpen);
    this.fillFilters();
  }

  private fillFilters(): void {
    if (this.filters.root.hidden || this.isFilterFresh) return;
    this.isFilterFresh = true;
    this.filters.show(this.actions.selection());
  }

  private makeSide(): HTMLElement {
    const { title, version } = this.corpus;
    const about = element("button", { type: "button", class: "geomap-icon", "aria-label": texts.about, title: texts.about, on: { click: () => this.showAbout() } }, icon("info"));
    const menu = new ExportMenu(this.corpus, () => this.actions.selection(), (text) => this.say(text));
    const head = element("div", { class: "geomap-head" }, element("h1", { dir: "auto" }, title), menu.root, about);
    const header = element("header", {}, head, this.line, element("p", { class: "geomap-made" }, texts.made(version, fileDate())));
    const find = element("div", { class: "geomap-find", role: "search" }, this.search.root, this.filterButton, this.search.options);
    return element("section", { class: "geomap-side", "aria-label": texts.lists }, this.drawer.handle, header, find, this.chips.root, this.filters.root, this.parts.corrections, this.parts.lists.root);
  }

  private makeStage(): HTMLElement {
    const { map, dock, tiles } = this.parts;
    map.setAttribute("role", "region");
    map.setAttribute("aria-label", texts.map);
    const controls = makeControls({ ...this.actions, toggleTime: () => stage.classList.toggle("has-time") });
    const credit = element("button", { type: "button", class: "geomap-credit", on: { click: () => this.showAbout() } }, texts.credit);
    const attribution = element("span", { class: "geomap-attribution" });
    const setTiles = (isOn: boolean): void => {
      this.actions.setTiles(isOn);
      replaceContent(attribution, isOn && tiles !== null && tiles.attribution);
    };
    const onMap = element("div", { class: "geomap-map" }, map, controls, tiles && makeTileSwitch(tiles.host, setTiles), element("p", { class: "geomap-credits" }, attribution, credit), dock.root);
    const stage: HTMLElement = element("main", { class: "geomap-stage" }, onMap, this.timeline.root);
    return stage;
  }
}
