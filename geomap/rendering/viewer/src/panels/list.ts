// A list of places or of reports: those in view first, then the others; it grows by pages and is walked by arrows.
import { element, replaceContent } from "../elements";
import { formatCount } from "../formats";
import { texts } from "../texts";
import { GrowingList } from "./growing";
import { moveFocus } from "./rows";

const PAGE = 60;
/** About as many as a list has room for. */
const FIRST = 20;

interface Item {
  readonly row: number;
  /** A heading stands here instead of a row. */
  readonly heading?: string;
}

export class RowList {
  readonly root = element("div", { class: "geomap-row-list" });
  private readonly items = element("ul", { class: "geomap-rows" });
  private readonly growing: GrowingList<Item>;
  private all: Item[] = [];
  private chosen: readonly number[] = [];

  constructor(
    private readonly make: (row: number) => HTMLElement,
    hover: (row: number | null) => void,
  ) {
    this.growing = new GrowingList(this.items, PAGE, (item) => this.makeItem(item), FIRST);
    this.items.addEventListener("keydown", (event) => moveFocus(event));
    this.items.addEventListener("focusin", (event) => this.rove(event.target));
    for (const name of ["pointerover", "focusin"] as const) this.items.addEventListener(name, (event) => hover(findRow(event.target)));
    for (const name of ["pointerleave", "focusout"] as const) this.items.addEventListener(name, () => hover(null));
  }

  show(inView: ArrayLike<number>, outside: ArrayLike<number>, empty: Node): void {
    const focused = this.items.contains(document.activeElement) ? findRow(document.activeElement) : null;
    this.all = arrange(inView, outside);
    this.growing.show(this.all);
    this.rove(this.items.querySelector(".geomap-row"));
    replaceContent(this.root, this.all.length === 0 ? empty : this.growing.root);
    if (focused !== null) this.button(focused)?.focus({ preventScroll: true });
  }

  /** Mark the chosen rows and bring the first into sight where the list has it. */
  mark(chosen: readonly number[]): void {
    this.chosen = chosen;
    const [first] = chosen;
    if (first !== undefined) this.growing.reach(this.all.findIndex(({ row, heading }) => row === first && heading === undefined));
    for (const button of this.buttons()) button.setAttribute("aria-current", String(chosen.includes(Number(button.dataset["row"]))));
    if (first !== undefined) this.button(first)?.scrollIntoView({ block: "nearest" });
  }

  /** Point out rows that the pointer is on somewhere else. */
  hover(isHovered: (row: number) => boolean): void {
    for (const button of this.buttons()) button.classList.toggle("is-hovered", isHovered(Number(button.dataset["row"])));
  }

  focus(): void {
    this.items.querySelector<HTMLElement>(".geomap-row[tabindex='0']")?.focus();
  }

  private makeItem({ row, heading }: Item): HTMLElement {
    if (heading !== undefined) return element("li", { class: "geomap-row-heading" }, heading);
    const button = this.make(row);
    button.tabIndex = -1;
    button.setAttribute("aria-current", String(this.chosen.includes(row)));
    return element("li", {}, button);
  }

  /** One stop of the Tab key for the whole list: the row that was reached last. */
  private rove(target: EventTarget | null): void {
    if (!(target instanceof HTMLElement) || !target.classList.contains("geomap-row")) return;
    for (const button of this.buttons()) if (button.tabIndex === 0) button.tabIndex = -1;
    target.tabIndex = 0;
  }

  private buttons(): NodeListOf<HTMLElement> {
    return this.items.querySelectorAll<HTMLElement>(".geomap-row");
  }

  private button(row: number): HTMLElement | null {
    return this.items.querySelector<HTMLElement>(`[data-row="${row}"]`);
  }
}

function arrange(inView: ArrayLike<number>, outside: ArrayLike<number>): Item[] {
  const items = (rows: ArrayLike<number>): Item[] => Array.from(rows, (row) => ({ row }));
  if (outside.length === 0) return items(inView);
  const first = inView.length > 0 ? [{ row: -1, heading: texts.inView(formatCount(inView.length)) }, ...items(inView)] : [];
  return [...first, { row: -1, heading: texts.outOfView(formatCount(outside.length)) }, ...items(outside)];
}

function findRow(target: EventTarget | null): number | null {
  const row = target instanceof Element ? target.closest<HTMLElement>(".geomap-row")?.dataset["row"] : undefined;
  return row === undefined ? null : Number(row);
}
