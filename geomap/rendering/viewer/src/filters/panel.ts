// All filters but search and time.
import type { Corpus } from "../data/corpus";
import type { Filter } from "../data/filter";
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
    this.countries.show(facets.countries, filter.countries);
    this.kinds.show(facets.kinds, filter.kinds);
    this.sources.show(facets.sources, filter.sources);
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

  private showUsage({ literal, associative, demonyms }: Selection["facets"]["usage"], filter: Filter): void {
    const focused = document.activeElement instanceof HTMLInputElement ? document.activeElement.value : "";
    const wasInside = this.usage.contains(document.activeElement);
    const make = (name: "literal" | "associative" | "demonyms", count: number): HTMLElement => {
      const box = element("input", { type: "checkbox", value: name, disabled: name === "literal" });
      box.checked = name === "literal" || filter[name];
      if (name !== "literal") box.addEventListener("change", () => this.change({ [name]: box.checked }));
      return element("li", {}, element("label", { class: "geomap-check" }, box, element("span", { class: "geomap-facet-name" }, texts[name]), element("span", { class: "geomap-row-count" }, formatCount(count))));
    };
    replaceContent(this.usage, make("literal", literal), make("associative", associative), make("demonyms", demonyms));
    if (wasInside) this.usage.querySelector<HTMLElement>(`[value="${focused}"]`)?.focus({ preventScroll: true });
  }
}

export function nameCountry({ countries }: Corpus, row: number): string {
  const code = countries[row] ?? "";
  return code === "" ? texts.noCountry : countryName(code) || code;
}
