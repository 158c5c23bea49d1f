// The mentions of all reports, from the columns of the block.
import { once } from "../once";
import type { Block } from "./block";
import { type Alternative, Corrected, type Mentions, UNRESOLVED, Usage } from "./corpus";
import { type CandidateColumns, Flag, type Payload } from "./payload";

/** What a name is cut out of. */
export interface NameSource {
  text(report: number): string | null;
  placeName(place: number): string;
}

export function makeMentions(block: Block, payload: Payload, firstMention: Uint32Array, names: NameSource): Mentions {
  const number = block.signed("place");
  const report = repeatReports(firstMention);
  const flags = block.bytes("flags");
  const spans = once(() => locate(block, firstMention));
  const evidence = once(() => block.numbers("evidence"));
  const reasons = once(() => block.json("reasons") as string[][]);
  const alternatives = once(() => makeAlternatives(block, block.json("candidates") as CandidateColumns));
  const kind = once(() => flags.map((flag) => flag & Flag.Kind));
  const usage = once(() => flags.map((flag) => ((flag & Flag.Quiet) !== 0 ? Usage.Quiet : (flag & Flag.Associative) !== 0 ? Usage.Associative : Usage.Literal)));
  const corrected = once(() => flags.map((flag) => ((flag & Flag.Corrected) === 0 ? Corrected.No : Corrected.ByBuild)));
  return {
    count: number.length,
    report,
    place: joinUnresolved(number),
    get start() {
      return spans().start;
    },
    get end() {
      return spans().end;
    },
    get kind() {
      return kind();
    },
    get usage() {
      return usage();
    },
    literal: block.bytes("literal"),
    confidence: block.bytes("confidence"),
    get corrected() {
      return corrected();
    },
    name: (mention) => {
      const place = number[mention]!;
      if (place < 0) return payload.names[-1 - place] ?? "";
      const { start, end } = spans();
      return names.text(report[mention]!)?.slice(start[mention], end[mention]) ?? names.placeName(place);
    },
    alternatives: (mention) => alternatives()(mention),
    evidence: (mention) => reasons()[evidence()[mention]!] ?? [],
  };
}

/** The row of its report for each mention. */
function repeatReports(firstMention: Uint32Array): Uint32Array {
  const rows = new Uint32Array(firstMention.at(-1) ?? 0);
  for (let report = 0; report + 1 < firstMention.length; report++) rows.fill(report, firstMention[report], firstMention[report + 1]);
  return rows;
}

/** The places without the numbers of the names that have none. */
function joinUnresolved(numbers: Int32Array): Int32Array {
  const places = numbers.slice();
  for (let mention = 0; mention < places.length; mention++) if (places[mention]! < UNRESOLVED) places[mention] = UNRESOLVED;
  return places;
}

function locate(block: Block, firstMention: Uint32Array): { start: Uint32Array; end: Uint32Array } {
  const start = block.numbers("start"); // as distances
  const length = block.numbers("length");
  const end = new Uint32Array(start.length);
  for (let number = 0; number + 1 < firstMention.length; number++) {
    let at = 0;
    for (let mention = firstMention[number]!; mention < firstMention[number + 1]!; mention++) {
      at += start[mention]!;
      start[mention] = at;
      end[mention] = at + length[mention]!;
    }
  }
  return { start, end };
}

function makeAlternatives(block: Block, columns: CandidateColumns): (mention: number) => readonly Alternative[] {
  const rows = block.numbers("alternatives");
  const offsets = block.offsets("listSize");
  const candidates = block.numbers("candidate");
  const confidence = block.bytes("candidateConfidence");
  return (mention) => {
    const row = rows[mention]!;
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
