// What a name is used for: facets and filters tell three uses apart.
import { MentionKind, Usage } from "./corpus";
import type { Filter } from "./filter";

export const enum Use {
  /** Something is or happens there, or may. */
  Literal = 0,
  /** It surely stands for a government, people or team. */
  Quiet = 1,
  Demonym = 2,
}

/** The use by kind and usage, at `kind | usage << 2`: a table, because it is asked for every mention. */
export const USES: Uint8Array = Uint8Array.from({ length: 12 }, (_, number) => {
  if ((number & 3) === MentionKind.Demonym) return Use.Demonym;
  return number >> 2 === Usage.Quiet ? Use.Quiet : Use.Literal;
});

/** By kind and usage, as `USES`: 1 for what is a quiet mark under the filters and is not counted. */
export function findQuietUses({ associative }: Filter): Uint8Array {
  return USES.map((use: Use) => Number(use === Use.Quiet && associative === "quiet"));
}
