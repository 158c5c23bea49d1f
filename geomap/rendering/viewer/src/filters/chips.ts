// The filters that are set, each with a button that takes it away.
import type { Corpus } from "../data/corpus";
import { EVERYTHING, type Filter } from "../data/filter";
import { element, replaceContent } from "../elements";
import { formatDays, formatPercent } from "../formats";
import { icon } from "../icons";
import { KINDS } from "../kinds";
import { texts } from "../texts";
import { toTime } from "../time/calendar";
import { nameCountry } from "./panel";

interface Chip {
  readonly name: string;
  readonly without: Partial<Filter>;
}

export class Chips {
  readonly root = element("div", { class: "geomap-chips", role: "group", "aria-label": texts.activeFilters, hidden: true });

  constructor(
    private readonly corpus: Corpus,
    private readonly change: (part: Partial<Filter>) => void,
  ) {}

  show(filter: Filter): void {
    const chips = findChips(this.corpus, filter);
    const hadFocus = this.root.contains(document.activeElement);
    this.root.hidden = chips.length === 0;
    const clear = element("button", { type: "button", class: "geomap-link geomap-clear-all", on: { click: () => this.change(EVERYTHING) } }, texts.clearAll);
    replaceContent(this.root, ...chips.map((chip) => this.make(chip)), clear);
    if (hadFocus) (this.root.hidden ? document.querySelector<HTMLElement>(".geomap-search") : clear)?.focus();
  }

  private make({ name, without }: Chip): HTMLElement {
    const take = (): void => this.change(without);
    return element("button", { type: "button", class: "geomap-chip", "aria-label": texts.remove(name), on: { click: take } }, element("span", { dir: "auto" }, name), icon("close"));
  }
}

export function countFilters(corpus: Corpus, filter: Filter): number {
  return findChips(corpus, filter).length;
}

function findChips(corpus: Corpus, filter: Filter): Chip[] {
  const chips: Chip[] = [];
  const addAll = (field: "countries" | "kinds" | "sources", name: (row: number) => string): void => {
    const rows = filter[field];
    for (const row of rows ?? []) {
      const rest = new Set([...(rows ?? [])].filter((one) => one !== row));
      chips.push({ name: name(row), without: { [field]: rest.size > 0 ? rest : null } });
    }
  };
  if (filter.days) chips.push({ name: formatDays(toTime(filter.days[0]), toTime(filter.days[1])), without: { days: null } });
  if (!filter.undated) chips.push({ name: texts.withoutUndated, without: { undated: true } });
  addAll("countries", (row) => nameCountry(corpus, row));
  addAll("kinds", (row) => texts.kinds[KINDS[row]!]);
  addAll("sources", (row) => corpus.sources[row] || texts.noSource);
  if (filter.confidence > 0) chips.push({ name: texts.fromConfidence(formatPercent(filter.confidence)), without: { confidence: 0 } });
  if (filter.associative !== "quiet") chips.push({ name: texts.associativeChips[filter.associative], without: { associative: EVERYTHING.associative } });
  if (filter.demonyms) chips.push({ name: texts.withDemonyms, without: { demonyms: false } });
  return chips;
}
