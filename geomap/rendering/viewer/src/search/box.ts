// The search field with suggestions of places: a combobox whose list is walked by arrows.
import type { Corpus } from "../data/corpus";
import { element, replaceContent } from "../elements";
import { formatCount } from "../formats";
import { icon } from "../icons";
import { describePlace } from "../panels/names";
import { texts } from "../texts";

export interface SearchActions {
  search(query: string): void;
  suggest(text: string): readonly number[];
  choose(place: number): void;
  /** Leave the field for the list below. */
  leave(): void;
}

const PATIENCE = 90;

export class SearchBox {
  readonly root: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly clear: HTMLElement;
  /** Stands below the field, not over the lists: what is found there stays in reach. */
  readonly options = element("ul", { class: "geomap-suggestions", id: "geomap-suggestions", role: "listbox", "aria-label": texts.suggestions, hidden: true });
  private found: readonly number[] = [];
  private active = -1;
  private timer = 0;

  constructor(
    private readonly corpus: Corpus,
    private readonly actions: SearchActions,
  ) {
    this.input = element("input", {
      type: "search",
      class: "geomap-search",
      role: "combobox",
      placeholder: texts.search,
      "aria-label": texts.search,
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": "geomap-suggestions",
      title: texts.searchHint,
      autocomplete: "off",
      spellcheck: "false",
      dir: "auto",
    });
    this.clear = element("button", { type: "button", class: "geomap-icon geomap-empty-search", "aria-label": texts.clearSearch, hidden: true, on: { click: () => this.empty() } }, icon("close"));
    this.input.addEventListener("input", () => this.type());
    this.input.addEventListener("keydown", (event) => this.answerKey(event));
    this.options.addEventListener("pointerdown", (event) => this.press(event));
    this.root = element("div", { class: "geomap-searchbox" }, icon("search"), this.input, this.clear);
  }

  show(query: string): void {
    if (this.timer === 0 && this.input.value.trim() !== query) this.input.value = query;
    this.clear.hidden = this.input.value === "";
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }

  private type(): void {
    this.clear.hidden = this.input.value === "";
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.send(), PATIENCE);
  }

  private send(): void {
    clearTimeout(this.timer);
    this.timer = 0;
    this.suggest(this.input.value.trim());
    this.actions.search(this.input.value.trim());
  }

  private empty(): void {
    this.input.value = "";
    this.send();
    this.input.focus();
  }

  private suggest(text: string): void {
    this.found = text === "" || document.activeElement !== this.input ? [] : this.actions.suggest(text);
    this.active = -1;
    this.options.hidden = this.found.length === 0;
    this.input.setAttribute("aria-expanded", String(this.found.length > 0));
    this.input.removeAttribute("aria-activedescendant");
    replaceContent(this.options, ...this.found.map((place, row) => this.makeOption(place, row)));
  }

  private makeOption(place: number, row: number): HTMLElement {
    return element(
      "li",
      { role: "option", id: `geomap-suggestion-${row}`, "aria-selected": "false", "data-row": row, class: "geomap-suggestion" },
      element("span", { class: "geomap-row-name", dir: "auto" }, this.corpus.places.name[place] ?? ""),
      element("span", { class: "geomap-row-where", dir: "auto" }, describePlace(this.corpus, place)),
      element("span", { class: "geomap-row-count" }, formatCount(this.corpus.places.mentions(place).length)),
    );
  }

  private close(): void {
    this.suggest("");
  }

  private press(event: PointerEvent): void {
    event.preventDefault(); // the field keeps the focus
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-row]")?.dataset["row"] : undefined;
    if (row !== undefined) this.choose(Number(row));
  }

  private choose(row: number): void {
    const place = this.found[row];
    if (place === undefined) return;
    clearTimeout(this.timer);
    this.timer = 0;
    this.input.value = "";
    this.close();
    this.actions.search("");
    this.actions.choose(place);
  }

  private answerKey(event: KeyboardEvent): void {
    const isOpen = this.found.length > 0;
    if (event.key === "ArrowDown" && !isOpen) this.actions.leave();
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && isOpen) this.move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter") this.enter();
    else if (event.key === "Escape" && (isOpen || this.input.value !== "")) {
      if (isOpen) this.close();
      else this.empty();
      event.stopPropagation();
    } else return;
    event.preventDefault();
  }

  private enter(): void {
    if (this.active >= 0) return this.choose(this.active);
    this.send();
    this.close();
  }

  /** Behind the last suggestion and before the first one lies the field itself. */
  private move(by: number): void {
    const count = this.found.length + 1;
    this.active = ((this.active + 1 + by + count) % count) - 1;
    for (const [row, option] of [...this.options.children].entries()) option.setAttribute("aria-selected", String(row === this.active));
    if (this.active < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `geomap-suggestion-${this.active}`);
  }
}
