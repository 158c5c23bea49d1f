// Search without an index: folded text is scanned, which for a hundred thousand excerpts takes a few hundredths of a second.

export interface Term {
  readonly text: string;
  /** Quoted: it has to end where a word ends. Words may go on: "strik" finds "strikes". */
  readonly isPhrase: boolean;
}

/** Without accents and capitals; signs of the same kind (dashes, quotes, blanks) become one. */
export function fold(text: string): string {
  return isPlain(text) ? text.toLowerCase() : foldAny(text);
}

/** The words and quoted phrases of a query, folded; all of them have to be found. */
export function findTerms(query: string): Term[] {
  const terms: Term[] = [];
  for (const [, phrase, word] of query.matchAll(/["“”„«»]([^"“”„«»]*)["“”„«»]?|([^\s"“”„«»]+)/g)) {
    const text = fold((phrase ?? word ?? "").trim().replace(/\s+/g, " "));
    if (text !== "") terms.push({ text, isPhrase: phrase !== undefined });
  }
  return terms;
}

/** Where a term stands in a folded text, at or after an offset; -1 where it does not. */
export function findTerm(folded: string, { text, isPhrase }: Term, from = 0): number {
  for (let at = folded.indexOf(text, from); at >= 0; at = folded.indexOf(text, at + 1)) {
    if (beginsWord(folded, at) && (!isPhrase || endsWord(folded, at + text.length))) return at;
  }
  return -1;
}

/** The parts of a text as it is written that a query finds, in order, without overlaps. */
export function findMatches(text: string, query: string): [number, number][] {
  const { folded, origins } = foldWithOrigins(text);
  const found: [number, number][] = [];
  for (const term of findTerms(query)) {
    for (let at = findTerm(folded, term); at >= 0; at = findTerm(folded, term, at + term.text.length)) {
      found.push([origins[at] ?? 0, origins[at + term.text.length] ?? text.length]);
    }
  }
  found.sort(([left], [right]) => left - right);
  return found.filter(([start], row) => row === 0 || start >= Math.max(...found.slice(0, row).map(([, end]) => end)));
}

function foldAny(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/[‐-―−]/g, "-").replace(/[‘’ʼ`´]/g, "'").replace(/[^\S ]/g, " ");
}

function foldWithOrigins(text: string): { folded: string; origins: number[] } {
  let folded = "";
  const origins: number[] = [];
  let at = 0;
  for (const sign of text) {
    const piece = fold(sign);
    for (let unit = 0; unit < piece.length; unit++) origins.push(at);
    folded += piece;
    at += sign.length;
  }
  origins.push(at);
  return { folded, origins };
}

/** Whether folding means lower case and nothing else, so that offsets stay. */
export function isPlain(text: string): boolean {
  return /^[\x20-\x5f\x61-\x7e]*$/.test(text);
}

const WORD = /[\p{L}\p{N}]/u;
/** Scripts that write without blanks: there, words begin anywhere. */
const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/;

function beginsWord(text: string, at: number): boolean {
  return at === 0 || !joins(text[at - 1] ?? "", text[at] ?? "");
}

function endsWord(text: string, at: number): boolean {
  return at >= text.length || !joins(text[at - 1] ?? "", text[at] ?? "");
}

function joins(left: string, right: string): boolean {
  return WORD.test(left) && WORD.test(right) && !UNSPACED.test(left) && !UNSPACED.test(right);
}
