// A list that shows a page at a time and grows on demand: thousands of rows cost nothing before they are wanted.
import { element } from "../elements";
import { formatCount } from "../formats";
import { whenIdle } from "../idle";
import { texts } from "../texts";

export class GrowingList<Item> {
  readonly root: HTMLElement;
  private readonly more = element("button", { type: "button", class: "geomap-more", on: { click: () => this.growByHand() } });
  private all: ArrayLike<Item> = [];
  private shown = 0;

  constructor(
    readonly items: HTMLElement,
    private readonly page: number,
    private readonly make: (item: Item) => HTMLElement,
    /** How many of the first page are made at once; the others, which nobody sees yet, when there is time. */
    private readonly first = page,
  ) {
    this.root = element("div", { class: "geomap-growing" }, items, this.more);
  }

  show(all: ArrayLike<Item>): void {
    this.all = all;
    this.shown = 0;
    this.items.replaceChildren();
    this.growTo(this.first);
    if (this.isBusy) whenIdle(() => this.all === all && this.isBusy && this.growTo(this.page));
  }

  /** Whether the item at this index is on the page; grows the list up to it where it is not far. */
  reach(index: number): boolean {
    while (index >= this.shown && index < this.shown + 4 * this.page && this.shown < this.all.length) this.grow();
    return index < this.shown;
  }

  grow(): void {
    this.growTo(this.shown + this.page);
  }

  /** Whether the first page is not there as a whole. */
  private get isBusy(): boolean {
    return this.shown < Math.min(this.page, this.all.length);
  }

  private growTo(count: number): void {
    const end = Math.min(this.all.length, count);
    const made: HTMLElement[] = [];
    for (let row = this.shown; row < end; row++) made.push(this.make(this.all[row]!));
    this.items.append(...made);
    this.shown = end;
    this.items.setAttribute("aria-busy", String(this.isBusy));
    const left = this.all.length - end;
    this.more.hidden = left === 0;
    this.more.textContent = texts.more(formatCount(Math.min(this.page, left)), formatCount(left));
  }

  private growByHand(): void {
    const first = this.shown;
    this.grow();
    this.items.children[first]?.querySelector<HTMLElement>("button, a")?.focus({ preventScroll: true });
  }
}
