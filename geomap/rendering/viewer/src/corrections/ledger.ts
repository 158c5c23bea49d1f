// The corrections that this map has not been built with yet: made here, kept by the browser, saved by the reader.
import { type Correction, correctionKey } from "./correction";
import type { Entry, Progress } from "./entry";
import { readEntries } from "./reading";
import type { Storage } from "./storage";

export class Ledger {
  private list: readonly Entry[];
  private readonly listeners: (() => void)[] = [];
  private isKept = true;

  constructor(private readonly storage: Storage) {
    this.list = this.read();
    storage.follow(() => this.set(this.read(), false));
  }

  /** The earliest first. */
  get entries(): readonly Entry[] {
    return this.list;
  }

  /** Whether closing the page loses nothing. */
  get isLasting(): boolean {
    return this.storage.isLasting && this.isKept;
  }

  follow(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** A later correction of the same name and scope takes the earlier one's place. */
  add(correction: Correction): void {
    const key = correctionKey(correction);
    this.set([...this.list.filter((one) => correctionKey(one) !== key), { ...correction, progress: "new" }]);
  }

  remove(entries: readonly Entry[]): void {
    if (entries.length > 0) this.set(this.list.filter((one) => !entries.includes(one)));
  }

  /** Note how far these have come; those that were changed meanwhile have not. */
  mark(entries: readonly Entry[], progress: Progress): void {
    this.set(this.list.map((one) => (entries.includes(one) ? { ...one, progress } : one)));
  }

  private read(): readonly Entry[] {
    try {
      return readEntries(this.storage.read());
    } catch {
      return [];
    }
  }

  private set(entries: readonly Entry[], isOwn = true): void {
    this.list = entries;
    if (isOwn) this.write();
    for (const listener of this.listeners) listener();
  }

  private write(): void {
    try {
      this.storage.write(this.list.length === 0 ? "" : JSON.stringify(this.list));
      this.isKept = true;
    } catch {
      this.isKept = false; // full, or forbidden meanwhile
    }
  }
}
