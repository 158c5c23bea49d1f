// What the filters leave of the data, and what each facet would leave under all the others.
import { type Corpus, Corrected, type UnresolvedName } from "./corpus";
import { orderNewest } from "./days";
import { Fail, findFailures, judgeReports } from "./failures";
import { countDays, type DayCounts, type Facets, makeFacets } from "./facets";
import type { Filter } from "./filter";
import { type Found, TextSearch } from "./text_search";
import { suggestPlaces } from "./suggestions";
import { findQuietUses } from "./uses";

export interface SelectorOptions {
  /** The name under which a country is searched for. */
  readonly countryName?: (code: string) => string;
}

export class Selector {
  private readonly search: TextSearch;
  private order: Order;

  constructor(
    readonly corpus: Corpus,
    options: SelectorOptions = {},
  ) {
    this.search = new TextSearch(corpus, options.countryName ?? ((code) => code));
    this.order = new Order(corpus);
  }

  select(filter: Filter): Selection {
    const found = this.search.find(filter.query);
    return new Selection(this.corpus, filter, findFailures(this.corpus, filter, found?.mentions ?? null), found, this.order);
  }

  /** Take notice of what corrections have changed in the corpus. */
  renew(): void {
    this.search.renew();
    this.order = new Order(this.corpus);
  }

  /** Rows of places whose names hold words that begin with the text, the most mentioned first. */
  suggest(text: string, limit = 8): number[] {
    return suggestPlaces(this.corpus, this.search.placeNames, text, limit);
  }

  /** Fold the texts before the first search needs them, a few at a time while the page is idle. */
  prepare(): void {
    this.search.prepare();
  }
}

export const enum Shown {
  No = 0,
  Counted = 1,
  /** It surely stands for a government, people or team: it is a quiet mark, and not counted. */
  Quiet = 2,
}

export class Selection {
  /** By row; only mentions with a place are shown. */
  readonly mentions: Uint8Array;
  readonly mentionCount: number;
  readonly quietCount: number;
  /** Counted mentions by row of the place. */
  readonly placeCounts: Uint32Array;
  /** Quiet mentions by row of the place. */
  readonly quietCounts: Uint32Array;
  /** The best confidence, per cent, of the counted mentions by row of the place, else of the quiet ones. */
  readonly placeConfidence: Uint8Array;
  /** Rows of the shown places, the most mentioned first, those at the end that have quiet mentions alone. */
  readonly places: Uint32Array;
  /** Counted mentions by row of the report. */
  readonly reportCounts: Uint32Array;
  /** Rows of the reports with shown mentions, quiet ones too, the newest first. */
  readonly reports: Uint32Array;
  /** Whether all texts could be searched. */
  readonly isComplete: boolean;
  private counted: Facets | null = null;
  private countedDays: DayCounts | null = null;
  private others: Uint32Array | null = null;
  private names: readonly UnresolvedName[] | null = null;
  private byHand: ReadonlySet<number> | null = null;

  constructor(
    private readonly corpus: Corpus,
    readonly filter: Filter,
    private readonly failures: Uint8Array,
    private readonly found: Found | null,
    private readonly order: Order,
  ) {
    const { mentions, places, reports } = corpus;
    const { count, place: placeOf, report: reportOf, confidence, kind, usage } = mentions;
    const shown = (this.mentions = new Uint8Array(count));
    const placeCounts = (this.placeCounts = new Uint32Array(places.count));
    const placeConfidence = (this.placeConfidence = new Uint8Array(places.count));
    const reportCounts = (this.reportCounts = new Uint32Array(reports.count));
    const quietCounts = (this.quietCounts = new Uint32Array(places.count));
    const isNamed = new Uint8Array(reports.count);
    const isQuiet = findQuietUses(filter);
    let [shownCount, quietCount] = [0, 0];
    for (let mention = 0; mention < count; mention++) {
      if (failures[mention] !== 0) continue;
      const place = placeOf[mention]!;
      isNamed[reportOf[mention]!] = 1;
      if (isQuiet[kind[mention]! | (usage[mention]! << 2)] === 1) {
        shown[mention] = Shown.Quiet;
        quietCounts[place]!++;
        quietCount++;
        continue;
      }
      shown[mention] = Shown.Counted;
      placeCounts[place]!++;
      reportCounts[reportOf[mention]!]!++;
      if (confidence[mention]! > placeConfidence[place]!) placeConfidence[place] = confidence[mention]!;
      shownCount++;
    }
    if (quietCount > 0) this.rateQuietPlaces();
    [this.mentionCount, this.quietCount] = [shownCount, quietCount];
    this.places = order.placesByCount(placeCounts, quietCounts);
    this.reports = order.newest.filter((report) => isNamed[report] === 1);
    this.isComplete = filter.query === "" || corpus.loadedTexts() === reports.count;
  }

  /** Whether a place has quiet mentions alone. */
  isQuiet(place: number): boolean {
    return this.placeCounts[place] === 0 && this.quietCounts[place]! > 0;
  }

  /** The shown mentions of a place, quiet ones too, the newest first. */
  mentionsOf(place: number): Uint32Array {
    return this.corpus.places.mentions(place).filter((mention) => this.mentions[mention] !== Shown.No);
  }

  /** The shown mentions of a report, quiet ones too, in the order of the text. */
  mentionsIn(report: number): Uint32Array {
    const { firstMention } = this.corpus.reports;
    const found: number[] = [];
    for (let mention = firstMention[report]!; mention < firstMention[report + 1]!; mention++) {
      if (this.mentions[mention] !== Shown.No) found.push(mention);
    }
    return Uint32Array.from(found);
  }

  /** Whether a person has said of one of the shown mentions that it means this place. */
  isCorrected(place: number): boolean {
    return (this.byHand ??= this.findByHand()).has(place);
  }

  get facets(): Facets {
    return (this.counted ??= makeFacets(this.corpus, this.filter, this.failures));
  }

  get days(): DayCounts {
    return (this.countedDays ??= countDays(this.corpus, this.filter, this.failures, this.reportCounts));
  }

  /** Rows of reports that hold the words, but not next to the name of a place; the newest first. */
  get elsewhere(): Uint32Array {
    return (this.others ??= this.findElsewhere());
  }

  /** Names without a place under the filters that can be asked of them: text, dates, sources, reports. */
  get unresolved(): readonly UnresolvedName[] {
    return (this.names ??= this.corpus.unresolved
      .map(({ name, mentions }) => ({ name, mentions: mentions.filter((mention) => this.failures[mention] === Fail.Unresolved) }))
      .filter(({ mentions }) => mentions.length > 0)
      .sort((left, right) => right.mentions.length - left.mentions.length));
  }

  private rateQuietPlaces(): void {
    const { confidence, count, place: placeOf } = this.corpus.mentions;
    for (let mention = 0; mention < count; mention++) {
      const place = placeOf[mention]!;
      if (this.mentions[mention] === Shown.Quiet && this.placeCounts[place] === 0) this.placeConfidence[place] = Math.max(this.placeConfidence[place]!, confidence[mention]!);
    }
  }

  private findByHand(): ReadonlySet<number> {
    const { corrected, count, place } = this.corpus.mentions;
    const found = new Set<number>();
    if (!corrected.includes(Corrected.ByBuild) && !corrected.includes(Corrected.Here)) return found;
    for (let mention = 0; mention < count; mention++) {
      if (corrected[mention] !== Corrected.No && this.mentions[mention] !== Shown.No) found.add(place[mention]!);
    }
    return found;
  }

  private findElsewhere(): Uint32Array {
    const { corpus, found } = this;
    if (found === null) return new Uint32Array();
    const failed = judgeReports(corpus, this.filter);
    const { firstMention } = corpus.reports;
    return this.order.newest.filter((report) => {
      const isFound = found.mentions.subarray(firstMention[report], firstMention[report + 1]).includes(1);
      return !isFound && found.reports[report] === 1 && failed[report] === 0;
    });
  }
}

/** The orders in which lists show things, made once. */
class Order {
  /** Rows of all reports, the newest first, those without a date last. */
  readonly newest: Uint32Array;
  /** Rows of all places by name. */
  private readonly byName: Uint32Array;
  private readonly rank: Uint32Array;

  constructor({ reports, places }: Corpus) {
    this.newest = orderNewest(reports.date);
    this.byName = Uint32Array.from({ length: places.count }, (_, place) => place).sort((left, right) => {
      const [one, other] = [places.name[left]!, places.name[right]!];
      return one < other ? -1 : one > other ? 1 : left - right;
    });
    this.rank = new Uint32Array(places.count);
    for (let row = 0; row < this.byName.length; row++) this.rank[this.byName[row]!] = row;
  }

  placesByCount(counts: Uint32Array, quietCounts: Uint32Array): Uint32Array {
    // one number per place, so that the sort needs no comparison in script: far faster for many places
    const highest = counts.reduce((most, count) => Math.max(most, count), 0);
    const size = counts.length;
    const isShown = (place: number): boolean => counts[place]! > 0 || quietCounts[place]! > 0;
    const keys = new Float64Array(counts.reduce((shown, _, place) => shown + Number(isShown(place)), 0));
    let at = 0;
    for (let place = 0; place < size; place++) {
      if (isShown(place)) keys[at++] = (highest - counts[place]!) * size + this.rank[place]!;
    }
    keys.sort();
    return Uint32Array.from(keys, (key) => this.byName[key % size]!);
  }
}
