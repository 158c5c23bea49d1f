// The texts of the reports: in parts, inside the page or in files beside it, read when they are needed.
import { afterOpening } from "../idle";
import { Block, readColumns, unpack } from "./block";

/** Texts smaller than this in base64 are there when the map is. */
const AT_ONCE = 400_000;

interface Part {
  /** UTF-8. */
  readonly bytes: Uint8Array;
  /** Where each report's text begins in the bytes, and where the last one ends. */
  readonly offsets: Uint32Array;
  /** Where each report's sentences begin among the steps. */
  readonly sentenceOffsets: Uint32Array;
  readonly steps: Uint32Array;
}

export class TextStore {
  private readonly parts: (Part | undefined)[] = [];
  private readonly pending = new Map<number, Promise<void>>();
  private readonly listeners: (() => void)[] = [];
  private readonly decoded = new Map<number, string>();
  private readonly decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  /** `first` has the first report of each part, `files` the addresses of parts that are not in the page. */
  constructor(
    private readonly blockId: string,
    private readonly first: readonly number[],
    private readonly files: readonly string[],
    private readonly count: number,
  ) {}

  text(report: number): string | null {
    const known = this.decoded.get(report);
    if (known !== undefined) return known;
    const part = this.findPart(report);
    const found = this.parts[part];
    if (found === undefined) return null;
    const row = report - this.first[part]!;
    const text = this.decoder.decode(found.bytes.subarray(found.offsets[row], found.offsets[row + 1]));
    this.decoded.set(report, text);
    return text;
  }

  /** Where sentences begin; empty where the text is not loaded. */
  sentences(report: number): Uint32Array {
    const part = this.findPart(report);
    const found = this.parts[part];
    if (found === undefined) return new Uint32Array();
    const row = report - this.first[part]!;
    const starts = found.steps.slice(found.sentenceOffsets[row], found.sentenceOffsets[row + 1]);
    for (let at = 1; at < starts.length; at++) starts[at]! += starts[at - 1]!;
    return starts;
  }

  async load(report: number): Promise<string> {
    await this.loadPart(this.findPart(report));
    return this.text(report) ?? "";
  }

  async loadAll(): Promise<void> {
    for (let part = 0; part < this.first.length; part++) await this.loadPart(part);
  }

  /** Read what the page itself holds: at once where that takes no time, else after the first drawing. */
  async begin(): Promise<void> {
    if (this.files.length > 0 || this.first.length === 0) return;
    const size = this.first.reduce((sum, _, part) => sum + countLetters(document.getElementById(this.elementId(part))), 0);
    if (size < AT_ONCE) await this.loadAll();
    else afterOpening(() => void this.loadAll());
  }

  /** How many reports have their text here. */
  loaded(): number {
    return this.first.reduce((sum, start, part) => sum + (this.parts[part] ? (this.first[part + 1] ?? this.count) - start : 0), 0);
  }

  onLoaded(listener: () => void): void {
    this.listeners.push(listener);
  }

  private findPart(report: number): number {
    let low = 0;
    let high = this.first.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.first[middle]! <= report) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private loadPart(part: number): Promise<void> {
    if (this.parts[part] !== undefined || part >= this.first.length) return Promise.resolve();
    let pending = this.pending.get(part);
    if (pending === undefined) {
      pending = this.read(part).then((block) => this.keep(part, block)).finally(() => this.pending.delete(part));
      this.pending.set(part, pending);
    }
    return pending;
  }

  private async read(part: number): Promise<Block> {
    const file = this.files[part];
    if (file === undefined) return readColumns(this.elementId(part));
    return new Block(await unpack(await loadShard(file)));
  }

  private keep(part: number, block: Block): void {
    this.parts[part] = {
      bytes: block.bytes("text"),
      offsets: block.offsets("bytes"),
      sentenceOffsets: block.offsets("sentences"),
      steps: block.numbers("steps"),
    };
    for (const listener of this.listeners) listener();
  }

  private elementId(part: number): string {
    return `${this.blockId}_text_${part}`;
  }
}

const waiting = new Map<string, (base64: string) => void>();

/** What the files beside the page call. */
export function receiveText(digest: string, base64: string): void {
  waiting.get(digest)?.(base64);
}

/** A page that was opened from disk may read no file but scripts. */
function loadShard(file: string): Promise<string> {
  const digest = /-([0-9a-f]+)\.js$/.exec(file)?.[1] ?? file;
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const fail = (): void => reject(new Error(`${decodeURIComponent(file)} cannot be read: keep the folder of texts beside the map.`));
    waiting.set(digest, resolve);
    script.addEventListener("load", () => {
      fail(); // no effect where it has called
      script.remove();
    });
    script.addEventListener("error", () => {
      fail();
      script.remove();
    });
    script.src = file;
    document.head.append(script);
  });
}

/** Without putting together the pieces that the browser keeps a long text in. */
function countLetters(element: Element | null): number {
  return Array.from(element?.childNodes ?? [], (node) => (node as Text).length).reduce((sum, length) => sum + length, 0);
}
