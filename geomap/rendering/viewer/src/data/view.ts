// What of the data is shown now: the one place where filters are applied.
import { compareText, type Dataset, type Mention, type Place } from "./dataset";
import { isIndirect } from "./payload";

export interface Filter {
  /** Words that a place's name, region or country must hold; accents and case do not matter. */
  readonly query: string;
  /** Whether mentions count that say nothing about where something is. */
  readonly indirect: boolean;
}

export interface ShownPlace {
  readonly place: Place;
  readonly mentions: readonly Mention[];
  /** The best confidence of its mentions: a place that is sure once is there. */
  readonly confidence: number;
}

export interface View {
  readonly places: readonly ShownPlace[];
  readonly byNumber: ReadonlyMap<number, ShownPlace>;
  readonly mentions: number;
}

export const DOUBTFUL = 0.5;

export class Viewer {
  private readonly keys: string[];

  constructor(
    private readonly dataset: Dataset,
    countryName: (code: string) => string,
  ) {
    this.keys = dataset.places.map((place) => fold(`${place.name} ${place.admin1} ${countryName(place.country)}`));
  }

  look(filter: Filter): View {
    const words = fold(filter.query).split(/\s+/).filter(Boolean);
    const places: ShownPlace[] = [];
    for (const place of this.dataset.places) {
      if (!words.every((word) => this.keys[place.number]?.includes(word))) continue;
      const mentions = filter.indirect ? place.mentions : place.mentions.filter((mention) => !isIndirect(mention.sense));
      if (mentions.length > 0) places.push({ place, mentions, confidence: best(mentions) });
    }
    places.sort((left, right) => right.mentions.length - left.mentions.length || compareText(left.place.name, right.place.name));
    return {
      places,
      byNumber: new Map(places.map((shown) => [shown.place.number, shown])),
      mentions: places.reduce((sum, shown) => sum + shown.mentions.length, 0),
    };
  }
}

export function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function best(mentions: readonly Mention[]): number {
  return mentions.reduce((highest, mention) => Math.max(highest, mention.confidence), 0);
}
