// What a name is used for: facets and filters tell three uses apart.
import { MentionKind, Usage } from "./corpus";

export const enum Use {
  Literal = 0,
  Associative = 1,
  Demonym = 2,
}

/** The use by kind and usage, at `kind | usage << 2`: a table, because it is asked for every mention. */
export const USES: Uint8Array = Uint8Array.from({ length: 8 }, (_, number) => {
  if ((number & 3) === MentionKind.Demonym) return Use.Demonym;
  return number >> 2 === Usage.Associative ? Use.Associative : Use.Literal;
});
