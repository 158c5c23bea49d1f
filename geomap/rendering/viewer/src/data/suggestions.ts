// Places that a reader may mean while typing.
import type { Corpus } from "./corpus";
import { fold } from "./search";

/** `names` are the folded names by row of the place; places that nothing names are none of the map. */
export function suggestPlaces({ places }: Corpus, names: readonly string[], text: string, limit: number): number[] {
  const wanted = fold(text).trim();
  if (wanted === "") return [];
  const found: { place: number; rank: number }[] = [];
  for (let place = 0; place < places.count; place++) {
    const at = names[place]!.indexOf(wanted);
    const isWordStart = at === 0 || (at > 0 && /[^\p{L}\p{N}]/u.test(names[place]![at - 1]!));
    if (isWordStart && places.anchor(place) === null && places.mentions(place).length > 0) found.push({ place, rank: names[place] === wanted ? 0 : at === 0 ? 1 : 2 });
  }
  const mentions = (place: number): number => places.mentions(place).length;
  found.sort((left, right) => left.rank - right.rank || mentions(right.place) - mentions(left.place) || left.place - right.place);
  return found.slice(0, limit).map(({ place }) => place);
}
