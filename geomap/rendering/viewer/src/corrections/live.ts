// The corpus that the page works on: what the map was built with, as the corrections made since leave it.
import type { Corpus, Target } from "../data/corpus";
import { applyCorrections, type Parts } from "./applying";
import type { Correction } from "./correction";
import { AddedPlaces } from "./places";

/** Reports and places keep their rows for as long as the page is open; mentions do not. */
export class LiveCorpus implements Corpus {
  readonly title: string;
  readonly version: string;
  readonly sources: readonly string[];
  readonly labels: Corpus["labels"];
  readonly tiles: Corpus["tiles"];
  private readonly added: AddedPlaces;
  private parts: Parts;

  constructor(readonly base: Corpus) {
    ({ title: this.title, version: this.version, sources: this.sources, labels: this.labels, tiles: this.tiles } = base);
    this.added = new AddedPlaces(base.places, base.countries);
    this.parts = base;
  }

  /** Everything that was read from here before is out of date. */
  correct(corrections: readonly Correction[]): void {
    this.parts = corrections.length === 0 && this.parts === this.base ? this.base : applyCorrections(this.base, corrections, this.added);
  }

  /** The row of the place that a correction names, null where nothing has brought it into the map. */
  findPlace(target: Target): number | null {
    return this.added.known(target);
  }

  get counts(): Corpus["counts"] {
    return this.parts.counts;
  }

  get reports(): Corpus["reports"] {
    return this.parts.reports;
  }

  get places(): Corpus["places"] {
    return this.parts.places;
  }

  get mentions(): Corpus["mentions"] {
    return this.parts.mentions;
  }

  get unresolved(): Corpus["unresolved"] {
    return this.parts.unresolved;
  }

  get countries(): Corpus["countries"] {
    return this.parts.countries;
  }

  loadedTexts(): number {
    return this.base.loadedTexts();
  }

  loadAllTexts(): Promise<void> {
    return this.base.loadAllTexts();
  }

  onTextsLoaded(listener: () => void): void {
    this.base.onTextsLoaded(listener);
  }
}
