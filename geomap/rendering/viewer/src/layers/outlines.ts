// The shape of a place that is an area: its polygon where there is one, else a circle of its radius.
import type { Corpus, Polygon } from "../data/corpus";
import { once, onceFor } from "../once";
import { type Atlas, makeOutline, type Outline } from "./atlas";
import { makeCircle, makeShape, type Shape, toPixels, unroll } from "./geometry";

/** Pixels below which an area is too small to be seen as one, and stands as a marker. */
const SMALLEST = 13;
/** Kilometres. */
const VAST = 1200;
/** Kilometres that an area reaches where nobody knows how far it does. */
const USUAL_RADIUS = 40;
const FINE_FROM_ZOOM = 3.5;

/** Of a circle. */
const COARSE_POINTS = 36;
const FINE_POINTS = 108;

interface AreaShape {
  readonly outline: Outline;
  readonly isCircle: boolean;
}

export class Outlines {
  private readonly shapes = new Map<number, AreaShape>();
  private readonly shape = onceFor(this.shapes, (place) => this.make(place));

  constructor(
    private readonly corpus: Corpus,
    private readonly atlas: Atlas | null,
  ) {}

  /** Whether a place is drawn as an area at this zoom, and not as a marker. */
  isArea(place: number, zoom: number): boolean {
    const { places } = this.corpus;
    return places.isArea[place] === 1 && toPixels(this.reach(place), places.latitude[place]!, zoom) >= SMALLEST;
  }

  at(place: number, zoom: number): Shape {
    const { outline } = this.shape(place);
    return zoom < FINE_FROM_ZOOM ? outline.coarse : outline.fine;
  }

  /** Whether a place is so wide, and so vague, that a circle would say nothing: a continent, an ocean. */
  isVast(place: number): boolean {
    return this.reach(place) > VAST && this.isCircle(place);
  }

  isCircle(place: number): boolean {
    return this.shape(place).isCircle;
  }

  /** Forget what was made before the atlas had its details. */
  forget(): void {
    this.shapes.clear();
  }

  private reach(place: number): number {
    return this.corpus.places.radius[place]! || USUAL_RADIUS;
  }

  private make(place: number): AreaShape {
    const { places } = this.corpus;
    const outline = places.outline(place);
    if (typeof outline === "string") {
      const country = this.atlas?.country(outline);
      if (country) return { outline: country, isCircle: false };
    } else if (outline !== null) {
      return { outline: makeLevels(outline), isCircle: false };
    }
    const draw = (points: number) => () => makeShape([makeCircle(places.longitude[place]!, places.latitude[place]!, this.reach(place), points)], true);
    return { outline: makeOutline(draw(COARSE_POINTS), draw(FINE_POINTS)), isCircle: true };
  }
}

function makeLevels(polygon: Polygon): Outline {
  const drawFine = once(() => makeShape(polygon.fine().map(unroll), true)); // once, where it is both
  const drawCoarse = (): Shape => {
    const rings = polygon.coarse();
    return rings.length === 0 ? drawFine() : makeShape(rings.map(unroll), true);
  };
  return makeOutline(drawCoarse, drawFine);
}
