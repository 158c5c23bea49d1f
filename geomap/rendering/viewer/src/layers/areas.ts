// Countries, regions, waters as what they are: areas, the darker the more often they are named.
import type * as L from "leaflet";
import type { Corpus } from "../data/corpus";
import type { Selection } from "../data/selection";
import { CanvasLayer, type Frame, paintCopies } from "./canvas";
import { type Box, meets, toUnit } from "./geometry";
import type { Outlines } from "./outlines";
import { readInk } from "./theme";

const FAINTEST = 0.05;
const STRONGEST = 0.4;
/** Circles only hint: what they stand for has no sharp edge, and they lie over each other. */
const CIRCLE_FILL = 0.02;
const CIRCLE_LINE = 0.35;
const DOUBTFUL = 50;

export class Areas extends CanvasLayer {
  /** Rows of the shown places that are areas, the largest first. */
  private rows: number[] = [];
  private selection: Selection | null = null;
  private highest = 1;

  constructor(
    private readonly corpus: Corpus,
    private readonly outlines: Outlines,
    paneName: string,
  ) {
    super(paneName);
  }

  show(selection: Selection): void {
    const { isArea, radius } = this.corpus.places;
    this.selection = selection;
    this.rows = Array.from(selection.places.filter((place) => isArea[place] === 1 && !selection.isQuiet(place)));
    this.highest = this.rows.reduce((most, place) => Math.max(most, selection.placeCounts[place]!), 1);
    this.rows.sort((left, right) => radius[right]! - radius[left]!);
    this.redraw();
  }

  /** Rows of the areas that are drawn as such at a zoom and reach into a box; the most mentioned first. */
  shownIn(box: Box, zoom: number): number[] {
    const found = this.rows.filter((place) => this.outlines.isArea(place, zoom) && meets(this.outlines.at(place, zoom), box));
    const counts = this.selection?.placeCounts;
    return counts ? found.sort((left, right) => counts[right]! - counts[left]!) : found;
  }

  /** The smallest area at a point; areas that reach beyond the whole view are no target. */
  find(point: L.LatLng, view: Box, zoom: number): number | null {
    const context = this.context;
    if (context === null) return null;
    const [x, y] = toUnit(point.lng, point.lat);
    for (let at = this.rows.length - 1; at >= 0; at--) {
      const place = this.rows[at]!;
      if (!this.outlines.isArea(place, zoom) || this.outlines.isVast(place)) continue;
      const shape = this.outlines.at(place, zoom);
      const covers = shape.left < view.left && shape.right > view.right && shape.top < view.top && shape.bottom > view.bottom;
      if (!covers && meets(shape, { left: x, right: x, top: y, bottom: y }) && isInside(context, shape.path, x, y)) return place;
    }
    return null;
  }

  protected override paint(frame: Frame): void {
    const { context, zoom, worldSize } = frame;
    const pixel = 1 / worldSize;
    const ink = readInk("accent");
    paintCopies(frame, (view) => {
      context.fillStyle = context.strokeStyle = ink;
      for (const place of this.rows) {
        if (!this.outlines.isArea(place, zoom) || this.outlines.isVast(place)) continue;
        const shape = this.outlines.at(place, zoom);
        if (!meets(shape, view)) continue;
        const isCircle = this.outlines.isCircle(place);
        const isDoubtful = (this.selection?.placeConfidence[place] ?? 100) < DOUBTFUL;
        context.globalAlpha = isCircle ? CIRCLE_FILL : this.tint(place);
        context.fill(shape.path, "evenodd");
        context.globalAlpha = isCircle ? CIRCLE_LINE : 0.6;
        context.lineWidth = (isCircle ? 0.8 : 1) * pixel;
        context.setLineDash(isDoubtful ? [2 * pixel, 3 * pixel] : isCircle ? [1.5 * pixel, 3 * pixel] : []);
        context.stroke(shape.path);
      }
    });
  }

  private tint(place: number): number {
    const count = this.selection?.placeCounts[place] ?? 0;
    return FAINTEST + (STRONGEST - FAINTEST) * (Math.log1p(count) / Math.log1p(Math.max(this.highest, 4)));
  }
}

function isInside(context: CanvasRenderingContext2D, path: Path2D, x: number, y: number): boolean {
  context.save();
  context.resetTransform();
  const inside = context.isPointInPath(path, x, y, "evenodd");
  context.restore();
  return inside;
}
