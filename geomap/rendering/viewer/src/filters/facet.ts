// One facet: its values with their counts under the other filters, the most frequent first.
import { fold } from "../data/search";
import { element, replaceContent } from "../elements";
import { formatCount } from "../formats";
import { texts } from "../texts";

const FEW = 7;
const MANY = 18;

export class Facet {
  readonly root: HTMLElement;
  private readonly values = element("ul", { class: "geomap-facet-values" });
  private readonly more = element("button", { type: "button", class: "geomap-link", on: { click: () => this.unfold() } });
  private readonly find: HTMLInputElement;
  private counts: ArrayLike<number> = [];
  private quiet: ArrayLike<number> = [];
  private set: ReadonlySet<number> | null = null;
  private isUnfolded = false;

  constructor(
    title: string,
    private readonly name: (row: number) => string,
    private readonly change: (rows: ReadonlySet<number> | null) => void,
  ) {
    this.find = element("input", { type: "search", class: "geomap-facet-find", placeholder: texts.findIn(title), "aria-label": texts.findIn(title), hidden: true });
    this.find.addEventListener("input", () => this.draw());
    this.values.addEventListener("change", (event) => this.toggle(event));
    this.root = element("fieldset", { class: "geomap-facet" }, element("legend", {}, title), this.find, this.values, this.more);
  }

  /** `quiet` has what is not counted, and can be chosen all the same. */
  show(counts: ArrayLike<number>, quiet: ArrayLike<number>, set: ReadonlySet<number> | null): void {
    [this.counts, this.quiet, this.set] = [counts, quiet, set];
    this.draw();
  }

  private draw(): void {
    const rows = this.order();
    this.root.hidden = rows.length === 0 || (rows.length === 1 && this.set === null);
    this.find.hidden = !this.isUnfolded || rows.length <= MANY;
    const wanted = fold(this.find.hidden ? "" : this.find.value.trim());
    const fitting = rows.filter((row) => fold(this.name(row)).includes(wanted));
    const shown = this.isUnfolded ? fitting : fitting.filter((row, rank) => rank < FEW || this.set?.has(row));
    const focused = this.values.contains(document.activeElement) ? (document.activeElement as HTMLInputElement).value : null;
    replaceContent(this.values, ...shown.map((row) => this.makeValue(row)));
    if (focused !== null) this.values.querySelector<HTMLElement>(`input[value="${focused}"]`)?.focus({ preventScroll: true });
    this.more.hidden = rows.length <= FEW;
    this.more.textContent = this.isUnfolded ? texts.showFewer : texts.showAll(formatCount(rows.length));
  }

  private order(): number[] {
    const rows = Array.from(this.counts, (_, row) => row).filter((row) => this.counts[row]! > 0 || this.quiet[row]! > 0 || this.set?.has(row));
    return rows.sort((left, right) => this.counts[right]! - this.counts[left]! || (this.name(left) < this.name(right) ? -1 : 1));
  }

  private makeValue(row: number): HTMLElement {
    const box = element("input", { type: "checkbox", value: row });
    box.checked = this.set?.has(row) ?? false;
    return element(
      "li",
      {},
      element("label", { class: "geomap-check" }, box, element("span", { class: "geomap-facet-name", dir: "auto" }, this.name(row)), element("span", { class: "geomap-row-count" }, formatCount(this.counts[row]!))),
    );
  }

  private toggle(event: Event): void {
    const box = event.target as HTMLInputElement;
    const rows = new Set(this.set ?? []);
    if (box.checked) rows.add(Number(box.value));
    else rows.delete(Number(box.value));
    this.change(rows.size > 0 ? rows : null);
  }

  private unfold(): void {
    this.isUnfolded = !this.isUnfolded;
    this.draw();
  }
}
