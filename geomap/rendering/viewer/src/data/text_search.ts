// Which mentions a query finds: every word stands in the excerpt, in the report's title or source, or belongs to the place.
import type { Corpus } from "./corpus";
import { findRange } from "./ranges";
import { findTerm, findTerms, fold, isPlain, type Term } from "./search";

const IDLE_SLICE = 8;

/** By row: 1 for the mentions in whose excerpts all words stand, and for the reports that hold all words somewhere. */
export interface Found {
  readonly mentions: Uint8Array;
  readonly reports: Uint8Array;
}

/** A report's text folded sentence by sentence, because folding changes lengths. */
interface Folded {
  readonly text: string;
  readonly starts: ArrayLike<number>;
}

export class TextSearch {
  readonly placeNames: readonly string[];
  private readonly placeKeys: readonly string[];
  private readonly reportKeys: string[] = [];
  private readonly sourceKeys: readonly string[];
  private readonly folded: (Folded | undefined)[] = [];
  private last: { query: string; texts: number; found: Found | null } = { query: "", texts: 0, found: null };

  constructor(
    private readonly corpus: Corpus,
    countryName: (code: string) => string,
  ) {
    const { places, countries } = corpus;
    const names = countries.map((code) => fold(countryName(code)));
    this.placeNames = places.name.map(fold);
    this.placeKeys = this.placeNames.map((name, place) => `${name} ${fold(places.admin1[place]!)} ${names[places.country[place]!]}`);
    this.sourceKeys = corpus.sources.map(fold);
  }

  /** What a query finds; null where nothing is asked for. */
  find(query: string): Found | null {
    const texts = this.corpus.loadedTexts();
    if (query !== this.last.query || texts !== this.last.texts) this.last = { query, texts, found: this.scan(findTerms(query)) };
    return this.last.found;
  }

  /** Fold texts while nothing else happens. */
  prepare(report = 0): void {
    const again = window.requestIdleCallback ?? ((call: () => void) => window.setTimeout(call, 50));
    again(() => {
      const end = performance.now() + IDLE_SLICE;
      while (report < this.corpus.reports.count && performance.now() < end) this.fold(report++);
      if (report < this.corpus.reports.count) this.prepare(report);
    });
  }

  private scan(terms: readonly Term[]): Found | null {
    if (terms.length === 0) return null;
    const { mentions, reports } = this.corpus;
    const found = { mentions: new Uint8Array(mentions.count).fill(1), reports: new Uint8Array(reports.count).fill(1) };
    for (const term of terms) {
      const byPlace = Uint8Array.from(this.placeKeys, (key) => Number(findTerm(key, term) >= 0));
      const bySource = this.sourceKeys.map((key) => findTerm(key, term) >= 0);
      for (let report = 0; report < reports.count; report++) {
        if (bySource[reports.source[report]!] || findTerm(this.keyOf(report), term) >= 0) continue; // all its mentions are found
        this.keepFound(report, term, byPlace, found);
      }
    }
    return found;
  }

  /** Take out the mentions of a report in whose excerpts the term does not stand. */
  private keepFound(report: number, term: Term, byPlace: Uint8Array, { mentions: matches, reports: whole }: Found): void {
    const { reports, mentions } = this.corpus;
    const until = reports.firstMention[report + 1]!;
    const hits = this.countHits(report, term);
    if (hits === null) whole[report] = 0;
    for (let mention = reports.firstMention[report]!; mention < until; mention++) {
      if (matches[mention] === 0 || byPlace[mentions.place[mention]!] === 1) continue;
      if (hits === null) matches[mention] = 0;
      else {
        const { first, last } = findRange(this.corpus, mention);
        if (hits[last + 1] === hits[first]) matches[mention] = 0;
      }
    }
  }

  /** How often the term stands before each sentence; null where it does not stand in the text at all. */
  private countHits(report: number, term: Term): Uint32Array | null {
    const { text, starts } = this.fold(report);
    let at = findTerm(text, term);
    if (at < 0) return null;
    const hits = new Uint32Array(starts.length + 1);
    for (let sentence = 0; sentence < starts.length; sentence++) {
      hits[sentence + 1] = hits[sentence]!;
      const end = starts[sentence + 1] ?? Infinity;
      while (at >= 0 && at < end) {
        hits[sentence + 1]!++;
        at = findTerm(text, term, at + 1);
      }
    }
    return hits;
  }

  private keyOf(report: number): string {
    return (this.reportKeys[report] ??= fold(this.corpus.reports.title[report] ?? ""));
  }

  private fold(report: number): Folded {
    const text = this.corpus.reports.text(report);
    if (text === null) return { text: "", starts: [0] };
    return (this.folded[report] ??= foldSentences(text, this.corpus.reports.sentences(report)));
  }
}

function foldSentences(text: string, starts: ArrayLike<number>): Folded {
  if (isPlain(text)) return { text: text.toLowerCase(), starts };
  const moved = new Uint32Array(starts.length);
  let folded = "";
  for (let sentence = 0; sentence < starts.length; sentence++) {
    moved[sentence] = folded.length;
    folded += fold(text.slice(starts[sentence], starts[sentence + 1]));
  }
  return { text: folded, starts: moved };
}
