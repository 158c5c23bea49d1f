// What is shown of a map's data: the state of the filters.

/** What is done with names that surely stand for a government, people or team ("Moscow denied"). */
export type Associative = "quiet" | "hidden" | "places";
export const ASSOCIATIVE: readonly Associative[] = ["quiet", "hidden", "places"];

export interface Filter {
  /** Words, all of which are wanted, and "quoted phrases". */
  readonly query: string;
  /** The first and the last day that are shown; null for all. */
  readonly days: readonly [number, number] | null;
  /** Whether reports without a date are shown. */
  readonly undated: boolean;
  /** Rows of `Corpus.sources`, null for all. */
  readonly sources: ReadonlySet<number> | null;
  /** Rows of `Corpus.countries`, null for all. */
  readonly countries: ReadonlySet<number> | null;
  /** Rows of `KINDS`, null for all. */
  readonly kinds: ReadonlySet<number> | null;
  /** Rows of reports, null for all. */
  readonly reports: ReadonlySet<number> | null;
  /** The least that is shown, per cent. */
  readonly confidence: number;
  readonly associative: Associative;
  /** Whether peoples and nationalities ("Russian troops") are shown. */
  readonly demonyms: boolean;
}

export const EVERYTHING: Filter = {
  query: "",
  days: null,
  undated: true,
  sources: null,
  countries: null,
  kinds: null,
  reports: null,
  confidence: 0,
  associative: "quiet",
  demonyms: false,
};
