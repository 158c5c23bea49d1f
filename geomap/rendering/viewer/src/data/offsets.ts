// Offsets in ids and corrections count code points, as Python does; browsers count UTF-16 units. This is the one place of the change.

/** How many code points stand before a UTF-16 offset; the offset itself where the text is not known. */
export function toCodePoints(text: string | null, units: number): number {
  let count = units;
  for (let at = 0; text !== null && at < units; at++) if (isHighSurrogate(text, at)) count--;
  return count;
}

/** The UTF-16 offset behind so many code points. */
export function toUnits(text: string | null, codePoints: number): number {
  let units = codePoints;
  for (let at = 0; text !== null && at < Math.min(units, text.length); at++) if (isHighSurrogate(text, at)) units++;
  return units;
}

/** The UTF-16 offset that lies so many code points from another, backward where they are negative; within the text. */
export function moveCodePoints(text: string, units: number, codePoints: number): number {
  let at = units;
  for (let left = codePoints; left > 0 && at < text.length; left--) at += isHighSurrogate(text, at) ? 2 : 1;
  for (let left = codePoints; left < 0 && at > 0; left++) at -= at > 1 && isHighSurrogate(text, at - 2) ? 2 : 1;
  return at;
}

function isHighSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
}
