// The map's data as corrections leave it: mentions move, vanish or appear, and everything that is counted follows.
import { type Alternative, type Corpus, Corrected, MentionKind, type Mentions, UNRESOLVED, Usage } from "../data/corpus";
import { groupByPlace, groupUnresolved } from "../data/groups";
import { type Correction, describeReason, usageAfter } from "./correction";
import type { AddedPlaces } from "./places";
import { reviseReport, type Revision, type Span } from "./revising";
import { Rules } from "./rules";

/** What the data are after corrections, in place of what they were. */
export type Parts = Pick<Corpus, "reports" | "places" | "mentions" | "unresolved" | "countries" | "counts">;

const SURE = 100;

/** `places` takes up what the corrections name and the map does not have. */
export function applyCorrections(base: Corpus, corrections: readonly Correction[], places: AddedPlaces): Parts {
  const revisions = reviseReports(base, new Rules(corrections));
  const firstMention = countMentions(base, revisions);
  const mentions = fillMentions(base, revisions, firstMention, places);
  const all = places.all(() => new Uint32Array());
  const groups = groupByPlace(mentions.place, all.count, base.reports.date, firstMention);
  const unresolved = groupUnresolved(mentions);
  const missing = unresolved.reduce((sum, name) => sum + name.mentions.length, 0);
  const used = new Set(mentions.place).size - Number(missing > 0);
  return {
    reports: { ...base.reports, firstMention },
    places: { ...all, mentions: groups },
    mentions,
    unresolved,
    countries: places.countries,
    counts: { ...base.counts, places: used, mentions: mentions.count - missing, unresolved: missing, names: unresolved.length },
  };
}

function reviseReports(base: Corpus, rules: Rules): ReadonlyMap<number, Revision> {
  const revisions = new Map<number, Revision>();
  for (let report = 0; report < base.reports.count; report++) {
    const own = rules.of(base.reports.id[report]!, base.reports.text(report));
    if (own !== null) revisions.set(report, reviseReport(base, report, own));
  }
  return revisions;
}

function countMentions({ reports }: Corpus, revisions: ReadonlyMap<number, Revision>): Uint32Array {
  const first = new Uint32Array(reports.count + 1);
  for (let report = 0; report < reports.count; report++) {
    const count = revisions.get(report)?.spans.length ?? reports.firstMention[report + 1]! - reports.firstMention[report]!;
    first[report + 1] = first[report]! + count;
  }
  return first;
}

function fillMentions(base: Corpus, revisions: ReadonlyMap<number, Revision>, firstMention: Uint32Array, places: AddedPlaces): Mentions {
  const count = firstMention.at(-1)!;
  const columns = new Columns(base, count, places);
  for (let report = 0; report < base.reports.count; report++) {
    const revision = revisions.get(report);
    if (revision === undefined) columns.copyReport(report);
    else for (const span of revision.spans) columns.add(report, span);
  }
  return columns.make();
}

/** The columns of the mentions, filled in the order of the reports. */
class Columns {
  private readonly report: Uint32Array;
  private readonly place: Int32Array;
  private readonly start: Uint32Array;
  private readonly end: Uint32Array;
  private readonly kind: Uint8Array;
  private readonly usage: Uint8Array;
  private readonly literal: Uint8Array;
  private readonly confidence: Uint8Array;
  private readonly corrected: Uint8Array;
  /** Row of each mention as the map was built, -1 for those that were missed. */
  private readonly origin: Int32Array;
  private readonly corrections = new Map<number, Correction>();
  private filled = 0;

  constructor(
    private readonly base: Corpus,
    readonly count: number,
    private readonly places: AddedPlaces,
  ) {
    [this.report, this.start, this.end] = [new Uint32Array(count), new Uint32Array(count), new Uint32Array(count)];
    [this.place, this.origin] = [new Int32Array(count), new Int32Array(count)];
    [this.kind, this.usage, this.literal] = [new Uint8Array(count), new Uint8Array(count), new Uint8Array(count)];
    [this.confidence, this.corrected] = [new Uint8Array(count), new Uint8Array(count)];
  }

  copyReport(report: number): void {
    const { firstMention } = this.base.reports;
    for (let mention = firstMention[report]!; mention < firstMention[report + 1]!; mention++) this.copy(report, mention);
  }

  add(report: number, { origin, start, end, correction, isSingle }: Span): void {
    const row = this.filled;
    if (origin >= 0) this.copy(report, origin);
    else {
      [this.report[row], this.start[row], this.end[row], this.origin[row], this.place[row]] = [report, start, end, -1, UNRESOLVED];
      [this.kind[row], this.usage[row], this.literal[row]] = [MentionKind.Place, Usage.Literal, SURE];
      this.filled++;
    }
    if (correction === null) return;
    this.corrections.set(row, correction);
    this.corrected[row] = Corrected.Here;
    const usage = usageAfter(correction);
    if (usage !== null) this.use(row, usage);
    if (correction.target === null) return;
    this.place[row] = this.findPlace(origin, isSingle, correction.target);
    this.confidence[row] = SURE;
  }

  /** A demonym that is used literally counts as the name of a place. */
  private use(row: number, usage: Usage): void {
    const isLiteral = usage === Usage.Literal;
    [this.usage[row], this.literal[row]] = [usage, isLiteral ? SURE : 0];
    if (isLiteral && this.kind[row] === MentionKind.Demonym) this.kind[row] = MentionKind.Place;
  }

  make(): Mentions {
    const { base, origin, corrections, count, report, place, start, end, kind, usage, literal, confidence, corrected } = this;
    return {
      ...{ count, report, place, start, end, kind, usage, literal, confidence, corrected },
      name: (mention) => {
        const known = corrections.get(mention);
        if (known === undefined || origin[mention]! >= 0) return base.mentions.name(origin[mention]!);
        return base.reports.text(report[mention]!)?.slice(start[mention], end[mention]) ?? known.name;
      },
      alternatives: (mention) => this.findAlternatives(mention),
      evidence: (mention) => {
        const known = corrections.get(mention);
        const before = origin[mention]! < 0 ? [] : base.mentions.evidence(origin[mention]!);
        if (known === undefined) return before;
        return known.target === null ? [...before, describeReason(known)] : [describeReason(known)];
      },
    };
  }

  private copy(report: number, mention: number): void {
    const { mentions } = this.base;
    const row = this.filled++;
    this.report[row] = report;
    this.origin[row] = mention;
    this.place[row] = mentions.place[mention]!;
    this.start[row] = mentions.start[mention]!;
    this.end[row] = mentions.end[mention]!;
    this.kind[row] = mentions.kind[mention]!;
    this.usage[row] = mentions.usage[mention]!;
    this.literal[row] = mentions.literal[mention]!;
    this.confidence[row] = mentions.confidence[mention]!;
    this.corrected[row] = mentions.corrected[mention]!;
  }

  /** What was "30 km south of" the wrong place is so of the right one, unless this very mention was meant. */
  private findPlace(origin: number, isSingle: boolean, target: NonNullable<Correction["target"]>): number {
    const before = origin < 0 ? UNRESOLVED : this.base.mentions.place[origin]!;
    const anchor = before === UNRESOLVED || isSingle ? null : this.base.places.anchor(before);
    return anchor === null ? this.places.row(target) : this.places.rowFrom(target, anchor);
  }

  private findAlternatives(mention: number): readonly Alternative[] {
    const origin = this.origin[mention]!;
    if (origin < 0) return [];
    const others = this.base.mentions.alternatives(origin);
    const target = this.corrections.get(mention)?.target ?? null;
    if (target === null) return others;
    const before = this.base.mentions.place[origin]!;
    const former = before === UNRESOLVED ? [] : [describeAlternative(this.base, before, this.base.mentions.confidence[origin]!)];
    return [...former, ...others].filter(({ placeId }) => placeId !== target.placeId);
  }
}

function describeAlternative({ places, countries }: Corpus, place: number, confidence: number): Alternative {
  return {
    placeId: places.id[place]!,
    name: places.name[place]!,
    latitude: places.latitude[place]!,
    longitude: places.longitude[place]!,
    country: countries[places.country[place]!] ?? "",
    admin1: places.admin1[place]!,
    feature: places.feature[place]!,
    confidence,
  };
}
