// A part of a report's text with what is marked in it.
import { findMatches } from "../data/search";
import { type Child, element } from "../elements";

export interface Span {
  readonly start: number;
  readonly end: number;
  make(text: string): Node;
}

/** The text between two offsets; spans in order, of two that overlap the first counts; what the query finds is marked, too. */
export function annotate(text: string, start: number, end: number, spans: readonly Span[], query = ""): Child[] {
  const pieces: Child[] = [];
  let at = start;
  for (const span of spans) {
    if (span.start < at || span.end > end) continue;
    pieces.push(...markHits(text.slice(at, span.start), query), span.make(text.slice(span.start, span.end)));
    at = span.end;
  }
  pieces.push(...markHits(text.slice(at, end), query));
  return pieces;
}

function markHits(text: string, query: string): Child[] {
  if (query === "" || text === "") return [text];
  const pieces: Child[] = [];
  let at = 0;
  for (const [start, end] of findMatches(text, query)) {
    pieces.push(text.slice(at, start), element("span", { class: "geomap-hit" }, text.slice(start, end)));
    at = end;
  }
  return [...pieces, text.slice(at)];
}
