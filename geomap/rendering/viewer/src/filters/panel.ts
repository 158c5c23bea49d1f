// All filters but search and time.
import type { Corpus } from "../data/corpus";
import { ASSOCIATIVE, type Filter } from "../data/filter";
import type { Selection } from "../data/selection";
import { element, replaceContent } from "../elements";
import { countryName, formatCount, formatPercent } from "../formats";
import { KINDS } from "../kinds";
import { texts } from "../texts";
import { Facet } from "./facet";

/** Per cent: everything, what is more likely right than not, what is nearly sure. */
const LIMITS = [0, 50, 80];

export class FilterPanel {
  readonly root: HTMLElement;
  private readonly countries: Facet;
  private readonly kinds: Facet;
  private readonly sources: Facet;
  private readonly confidence = element("ul", { class: "geomap-facet-values" });
  private readonly usage = element("ul", { class: "geomap-facet-values" });

  constructor(
    corpus: Corpus,
    private readonly change: (part: Partial<Filter>) => void,
  ) {
    this.countries = new Facet(texts.country, (row) => nameCountry(corpus, row), (countries) => change({ countries }));
    this.kinds = new Facet(texts.kind, (row) => texts.kinds[KINDS[row]!], (kinds) => change({ kinds }));
    this.sources = new Facet(texts.source, (row) => corpus.sources[row] || texts.noSource, (sources) => change({ sources }));
    const group = (title: string, values: HTMLElement): HTMLElement => element("fieldset", { class: "geomap-facet" }, element("legend", {}, title), values);
    this.root = element(
      "section",
      { class: "geomap-filters", id: "geomap-filters", "aria-label": texts.filters, hidden: true },
      group(texts.usage, this.usage),
      group(texts.confidence, this.confidence),
      this.countries.root,
      this.kinds.root,
      this.sources.root,
    );
  }

  show({ facets, filter }: Selection): void {
    this.countries.show(facets.countries, facets.quiet.countries, filter.countries);
    this.kinds.show(facets.kinds, facets.quiet.kinds, filter.kinds);
    this.sources.show(facets.sources, facets.quiet.sources, filter.sources);
    this.showConfidence(facets.confidence, filter.confidence);
    this.showUsage(facets.usage, filter);
  }

  private showConfidence(bands: ArrayLike<number>, least: number): void {
    const limits = [...new Set([...LIMITS, least])].sort((left, right) => left - right);
    const focused = this.confidence.contains(document.activeElement);
    const rows = limits.map((limit) => {
      const count = Array.from(bands).slice(Math.floor(limit / 10)).reduce((sum, one) => sum + one, 0);
      const button = element("input", { type: "radio", name: "geomap-confidence", value: limit });
      button.checked = limit === least;
      button.addEventListener("change", () => this.change({ confidence: limit }));
      const name = limit === 0 ? texts.allConfidence : texts.fromConfidence(formatPercent(limit));
      return element("li", {}, element("label", { class: "geomap-check" }, button, element("span", { class: "geomap-facet-name" }, name), element("span", { class: "geomap-row-count" }, formatCount(count))));
    });
    replaceContent(this.confidence, ...rows);
    if (focused) this.confidence.querySelector<HTMLElement>("input:checked")?.focus({ preventScroll: true });
  }

  private showUsage({ literal, quiet, demonyms }: Selection["facets"]["usage"], filter: Filter): void {
    const focused = this.usage.contains(document.activeElement) ? document.activeElement?.getAttribute("name") : null;
    const always = element("input", { type: "checkbox", disabled: true });
    always.checked = true;
    const peoples = element("input", { type: "checkbox", name: "demonyms" });
    peoples.checked = filter.demonyms;
    peoples.addEventListener("change", () => this.change({ demonyms: peoples.checked }));
    const shown = element("select", { name: "associative" }, ...ASSOCIATIVE.map((one) => element("option", { value: one }, texts.associativeShown[one])));
    shown.value = filter.associative;
    shown.addEventListener("change", () => this.change({ associative: ASSOCIATIVE.find((one) => one === shown.value) ?? "quiet" }));
    replaceContent(this.usage, makeUse([always], texts.literal, literal), makeUse([], texts.associative, quiet, shown), makeUse([peoples], texts.demonyms, demonyms));
    if (focused) this.usage.querySelector<HTMLElement>(`[name="${focused}"]`)?.focus({ preventScroll: true });
  }
}

function makeUse(box: readonly HTMLElement[], name: string, count: number, choice?: HTMLElement): HTMLElement {
  const title = element("span", { class: "geomap-facet-name" }, name, choice);
  return element("li", {}, element("label", { class: "geomap-check" }, ...box, title, element("span", { class: "geomap-row-count" }, formatCount(count))));
}

export function nameCountry({ countries }: Corpus, row: number): string {
  const code = countries[row] ?? "";
  return code === "" ? texts.noCountry : countryName(code) || code;
}
