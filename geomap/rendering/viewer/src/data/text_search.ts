// Which mentions a query finds: every word stands in the excerpt, in the report's title or source, or belongs to the place.
import type { Corpus } from "./corpus";
import { findRange } from "./ranges";
import { afterOpening, whenIdle } from "../idle";
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
  /** Where the sentences begin in the text as it is written. */
  readonly sentences: ArrayLike<number>;
}

export class TextSearch {
  private names: readonly string[] | null = null;
  private keys: readonly string[] | null = null;
  private readonly reportKeys: string[] = [];
  private readonly sourceKeys: readonly string[];
  private readonly folded: (Folded | undefined)[] = [];
  private isPreparing = false;
  /** Number of the last run over all texts. */
  private run = 0;
  private last: { query: string; texts: number; found: Found | null } = { query: "", texts: 0, found: null };

  constructor(
    private readonly corpus: Corpus,
    private readonly countryName: (code: string) => string,
  ) {
    this.sourceKeys = corpus.sources.map(fold);
    corpus.onTextsLoaded(() => this.isPreparing && this.prepare());
  }

  /** The folded names by row of the place. */
  get placeNames(): readonly string[] {
    return (this.names ??= this.corpus.places.name.map(fold));
  }

  /** By row of the place, folded: what is said to belong to it. */
  private get placeKeys(): readonly string[] {
    return (this.keys ??= this.makePlaceKeys());
  }

  /** Read the places anew, and find again what was found. */
  renew(): void {
    this.names = this.keys = null;
    this.last = { query: "", texts: 0, found: null };
  }

  /** What a query finds; null where nothing is asked for. */
  find(query: string): Found | null {
    const texts = this.corpus.loadedTexts();
    if (query !== this.last.query || texts !== this.last.texts) this.last = { query, texts, found: this.scan(findTerms(query)) };
    return this.last.found;
  }

  /** Fold names and texts while nothing else happens; texts that are loaded later follow when they are. */
  prepare(): void {
    this.isPreparing = true;
    const run = ++this.run;
    afterOpening(() => {
      void this.placeKeys;
      this.foldOn(0, run);
    });
  }

  /** Fold from a report on, a few at a time, until all are done or another run has begun. */
  private foldOn(report: number, run: number): void {
    const end = performance.now() + IDLE_SLICE;
    const { count } = this.corpus.reports;
    while (report < count && performance.now() < end) this.fold(report++);
    if (report < count && run === this.run) whenIdle(() => this.foldOn(report, run));
  }

  private makePlaceKeys(): string[] {
    const { places, countries } = this.corpus;
    const names = countries.map((code) => fold(this.countryName(code)));
    return this.placeNames.map((name, place) => `${name} ${fold(places.admin1[place]!)} ${names[places.country[place]!]}`);
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
    const folded = this.fold(report);
    const hits = countHits(folded, term);
    if (hits === null) whole[report] = 0;
    for (let mention = reports.firstMention[report]!; mention < until; mention++) {
      if (matches[mention] === 0 || byPlace[mentions.place[mention]!] === 1) continue;
      if (hits === null) matches[mention] = 0;
      else {
        const { first, last } = findRange(this.corpus, mention, folded.sentences);
        if (hits[last + 1] === hits[first]) matches[mention] = 0;
      }
    }
  }

  private keyOf(report: number): string {
    return (this.reportKeys[report] ??= fold(this.corpus.reports.title[report] ?? ""));
  }

  private fold(report: number): Folded {
    const text = this.corpus.reports.text(report);
    if (text === null) return { text: "", starts: [0], sentences: [0] };
    return (this.folded[report] ??= foldSentences(text, this.corpus.reports.sentences(report)));
  }
}

function foldSentences(text: string, starts: ArrayLike<number>): Folded {
  if (isPlain(text)) return { text: text.toLowerCase(), starts, sentences: starts };
  const moved = new Uint32Array(starts.length);
  let folded = "";
  for (let sentence = 0; sentence < starts.length; sentence++) {
    moved[sentence] = folded.length;
    folded += fold(text.slice(starts[sentence], starts[sentence + 1]));
  }
  return { text: folded, starts: moved, sentences: starts };
}

/** How often the term stands before each sentence; null where it does not stand in the text at all. */
function countHits({ text, starts }: Folded, term: Term): Uint32Array | null {
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
