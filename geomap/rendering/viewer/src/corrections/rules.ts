// Which correction a name follows: of those of single mentions the one that stands there, else the narrowest.
import { type Correction, makeNamePattern, nameKey } from "./correction";

export class Rules {
  private readonly byReport = new Map<string, Correction[]>();
  private readonly everywhere: Correction[] = [];
  /** For each correction that holds everywhere the beginnings of its name, one of which stands in any text that has it. */
  private readonly beginnings: readonly string[];

  constructor(corrections: readonly Correction[]) {
    for (const one of corrections) {
      if (one.reach === "everywhere") this.everywhere.push(one);
      else this.byReport.set(one.report, [...(this.byReport.get(one.report) ?? []), one]);
    }
    const words = this.everywhere.map(({ name }) => name.trim().split(/\s+/)[0] ?? "");
    this.beginnings = [...new Set(words.flatMap((word) => [word.normalize("NFC"), word.normalize("NFD")]))];
  }

  /** Null where no correction can concern the report; cheap, because every report is asked. */
  of(report: string, text: string | null): ReportRules | null {
    const own = this.byReport.get(report);
    const isNamed = this.beginnings.length > 0 && (text === null || this.beginnings.some((word) => text.includes(word)));
    if (own === undefined && !isNamed) return null;
    return new ReportRules(own ?? [], isNamed ? this.everywhere : []);
  }
}

export class ReportRules {
  /** By offset in code points. */
  private readonly single = new Map<number, Correction[]>();
  private readonly general = new Map<string, Correction>();

  constructor(own: readonly Correction[], everywhere: readonly Correction[]) {
    for (const one of own) {
      if (one.reach === "here") this.single.set(one.start, [...(this.single.get(one.start) ?? []), one]);
      else this.general.set(nameKey(one.name), one);
    }
    for (const one of everywhere) if (!this.general.has(nameKey(one.name))) this.general.set(nameKey(one.name), one);
  }

  /** What a name that stands there follows; `name` is null where the text is not known. */
  decide(name: string | null, start: number): Correction | null {
    const single = this.single.get(start) ?? [];
    if (name === null) return single[0] ?? null;
    const key = nameKey(name);
    return single.find((one) => nameKey(one.name) === key) ?? this.general.get(key) ?? null;
  }

  /** Corrections of single names that may have been missed, in the order of the text. */
  singles(): Correction[] {
    const all = [...this.single].sort(([left], [right]) => left - right).flatMap(([, some]) => some);
    return all.filter(({ action }) => action !== "is-not-a-place");
  }

  /** Missed names, wherever they stand; the longest first. */
  missed(): { readonly correction: Correction; readonly pattern: RegExp }[] {
    const all = [...this.general.values()].filter(({ action }) => action === "is-a-place");
    all.sort((left, right) => right.name.length - left.name.length || (left.name < right.name ? -1 : 1));
    return all.map((correction) => ({ correction, pattern: makeNamePattern(correction.name) }));
  }
}
