// Which correction a name follows: of those of single mentions the one that stands there, else the narrowest.
import { type Correction, findSteadyBeginning, makeNamePattern, nameKey, reportsOf, startIn } from "./correction";

export class Rules {
  private readonly byReport = new Map<string, Correction[]>();
  private readonly everywhere: Correction[] = [];
  /** Of the names of corrections that hold everywhere: one of them stands in any text that has such a name. */
  private readonly beginnings: readonly string[];

  constructor(corrections: readonly Correction[]) {
    for (const one of corrections) {
      if (one.reach === "everywhere") this.everywhere.push(one);
      for (const id of reportsOf(one)) this.byReport.set(id, [...(this.byReport.get(id) ?? []), one]);
    }
    this.beginnings = [...new Set(this.everywhere.map(({ name }) => findSteadyBeginning(name)))];
  }

  /** Null where no correction can concern the report; cheap, because every report is asked. */
  of(report: string, text: string | null): ReportRules | null {
    const own = this.byReport.get(report);
    const isNamed = this.beginnings.length > 0 && (text === null || this.beginnings.some((word) => text.includes(word)));
    if (own === undefined && !isNamed) return null;
    return new ReportRules(report, own ?? [], isNamed ? this.everywhere : []);
  }
}

export class ReportRules {
  /** By offset in code points. */
  private readonly single = new Map<number, Correction[]>();
  private readonly general = new Map<string, Correction>();

  constructor(
    private readonly report: string,
    own: readonly Correction[],
    everywhere: readonly Correction[],
  ) {
    for (const one of own) {
      const start = startIn(one, report);
      if (start !== null) this.single.set(start, [...(this.single.get(start) ?? []), one]);
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

  /** Whether a correction means one mention of this report. */
  isSingle(correction: Correction): boolean {
    return startIn(correction, this.report) !== null;
  }

  /** Corrections of single names that may have been missed, in the order of the text, with the code points before them. */
  singles(): { readonly correction: Correction; readonly start: number }[] {
    const all = [...this.single].sort(([left], [right]) => left - right);
    return all.flatMap(([start, some]) => some.filter(({ action }) => action !== "is-not-a-place").map((correction) => ({ correction, start })));
  }

  /** Missed names, wherever they stand; the longest first. */
  missed(): { readonly correction: Correction; readonly pattern: RegExp }[] {
    const all = [...this.general.values()].filter(({ action }) => action === "is-a-place");
    all.sort((left, right) => countCodePoints(right.name) - countCodePoints(left.name) || (left.name < right.name ? -1 : 1));
    return all.map((correction) => ({ correction, pattern: makeNamePattern(correction.name) }));
  }
}

function countCodePoints(text: string): number {
  return [...text].length;
}
