// The mentions of all reports, from the columns of the block.
import type { Block } from "./block";
import { type Alternative, Corrected, type Mentions } from "./corpus";
import { type CandidateColumns, Flag, type Payload } from "./payload";

/** What a name is cut out of. */
export interface NameSource {
  text(report: number): string | null;
  placeName(place: number): string;
}

export function makeMentions(block: Block, payload: Payload, firstMention: Uint32Array, names: NameSource): Mentions {
  const { start, end, report } = locate(block, firstMention);
  const place = block.signed("place");
  const flags = block.bytes("flags");
  const evidence = block.numbers("evidence");
  const alternatives = makeAlternatives(block, payload.candidates);
  const rows = block.numbers("alternatives");
  return {
    count: place.length,
    report,
    place: place.map((number) => Math.max(number, -1)),
    start,
    end,
    kind: flags.map((flag) => flag & Flag.Kind),
    usage: flags.map((flag) => Number((flag & Flag.Associative) !== 0)),
    confidence: block.bytes("confidence"),
    corrected: flags.map((flag) => ((flag & Flag.Corrected) === 0 ? Corrected.No : Corrected.ByBuild)),
    name: (mention) => {
      const number = place[mention]!;
      if (number < 0) return payload.names[-1 - number] ?? "";
      return names.text(report[mention]!)?.slice(start[mention], end[mention]) ?? names.placeName(number);
    },
    alternatives: (mention) => alternatives(rows[mention]!),
    evidence: (mention) => payload.evidence[evidence[mention]!] ?? [],
  };
}

/** The rows of the first mention of each report, and one behind the last. */
export function findFirstMentions(block: Block): Uint32Array {
  const counts = block.numbers("perReport");
  const first = new Uint32Array(counts.length + 1);
  for (let report = 0; report < counts.length; report++) first[report + 1] = first[report]! + counts[report]!;
  return first;
}

function locate(block: Block, firstMention: Uint32Array): { start: Uint32Array; end: Uint32Array; report: Uint32Array } {
  const start = block.numbers("start"); // as distances
  const length = block.numbers("length");
  const end = new Uint32Array(start.length);
  const report = new Uint32Array(start.length);
  for (let number = 0; number + 1 < firstMention.length; number++) {
    let at = 0;
    for (let mention = firstMention[number]!; mention < firstMention[number + 1]!; mention++) {
      at += start[mention]!;
      start[mention] = at;
      end[mention] = at + length[mention]!;
      report[mention] = number;
    }
  }
  return { start, end, report };
}

function makeAlternatives(block: Block, columns: CandidateColumns): (row: number) => readonly Alternative[] {
  const sizes = block.numbers("listSize");
  const candidates = block.numbers("candidate");
  const confidence = block.bytes("candidateConfidence");
  const offsets = new Uint32Array(sizes.length + 1);
  for (let row = 0; row < sizes.length; row++) offsets[row + 1] = offsets[row]! + sizes[row]!;
  return (row) => {
    const found: Alternative[] = [];
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) found.push(makeAlternative(columns, candidates[at]!, confidence[at]!));
    return found;
  };
}

function makeAlternative(columns: CandidateColumns, row: number, confidence: number): Alternative {
  return {
    placeId: columns.id[row] ?? "",
    name: columns.name[row] ?? "",
    latitude: columns.latitude[row] ?? 0,
    longitude: columns.longitude[row] ?? 0,
    country: columns.country[row] ?? "",
    admin1: columns.admin1[row] ?? "",
    feature: columns.feature[row] ?? "",
    confidence,
  };
}
