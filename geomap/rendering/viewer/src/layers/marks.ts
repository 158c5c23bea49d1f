// What the reader points at: the chosen place's outline, rings round places of a list, links of a report, alternatives.
import type { Corpus } from "../data/corpus";
import { CanvasLayer, type Frame, paintCopies } from "./canvas";
import { makeCircle, makeShape, toUnit } from "./geometry";
import type { Outlines } from "./outlines";
import { readInk } from "./theme";

export interface Point {
  readonly longitude: number;
  readonly latitude: number;
}

export interface Link {
  readonly from: Point;
  readonly to: Point;
  /** How often the two stand next to each other. */
  readonly times: number;
}

const RING = 17;
const BEND = 0.14;

export class Marks extends CanvasLayer {
  chosen: number | null = null;
  highlighted: readonly number[] = [];
  links: readonly Link[] = [];
  /** From the chosen place of a mention to the places that it may be instead. */
  doubts: readonly Link[] = [];

  constructor(
    private readonly corpus: Corpus,
    private readonly outlines: Outlines,
    paneName: string,
  ) {
    super(paneName);
  }

  protected override isBlank(): boolean {
    return this.chosen === null && [this.highlighted, this.links, this.doubts].every(({ length }) => length === 0);
  }

  protected override paint(frame: Frame): void {
    this.paintAreas(frame);
    this.paintDisplacement(frame);
    for (const link of this.links) paintLink(frame, link, "accent-strong", []);
    for (const link of this.doubts) paintLink(frame, link, "chosen", [5, 5]);
    this.paintRings(frame);
  }

  private paintAreas(frame: Frame): void {
    const { context, zoom, worldSize } = frame;
    const areas = [...this.highlighted, this.chosen].filter((place): place is number => place !== null && this.outlines.isArea(place, zoom));
    if (areas.length === 0) return;
    paintCopies(frame, () => {
      for (const place of areas) {
        context.setLineDash(this.outlines.isCircle(place) ? [8 / worldSize, 5 / worldSize] : []);
        context.strokeStyle = readInk(place === this.chosen ? "chosen" : "accent-strong");
        context.lineWidth = (place === this.chosen ? 2.5 : 2) / worldSize;
        context.stroke(this.outlines.at(place, zoom).path);
      }
    });
  }

  /** A point that nobody gives: how far off it may be, and the line from what a displaced one was measured from. */
  private paintDisplacement(frame: Frame): void {
    const place = this.chosen;
    if (place === null) return;
    const { context } = frame;
    const anchor = this.corpus.places.anchor(place);
    context.strokeStyle = context.fillStyle = readInk("chosen");
    if (anchor !== null) this.paintWay(frame, anchor, place);
    if (anchor !== null || this.corpus.places.isApproximate[place] === 1) this.paintReach(frame, place);
  }

  private paintWay(frame: Frame, anchor: Point, place: number): void {
    const { longitude, latitude } = this.corpus.places;
    const here = { longitude: longitude[place]!, latitude: latitude[place]! };
    const { context } = frame;
    const [x, y] = project(frame, anchor);
    const [toX, toY] = project(frame, here);
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(toX, toY);
    context.stroke();
    context.beginPath();
    context.arc(x, y, 4, 0, 2 * Math.PI);
    context.fill();
  }

  private paintReach(frame: Frame, place: number): void {
    const { longitude, latitude, radius } = this.corpus.places;
    const { context, worldSize } = frame;
    if (radius[place]! <= 0) return;
    paintCopies(frame, () => {
      context.lineWidth = 1.5 / worldSize;
      context.setLineDash([4 / worldSize, 4 / worldSize]);
      const { path } = makeShape([makeCircle(longitude[place]!, latitude[place]!, radius[place]!)], true);
      context.stroke(path);
      context.globalAlpha = 0.08;
      context.fill(path);
    });
  }

  private paintRings(frame: Frame): void {
    const { context, zoom } = frame;
    const { longitude, latitude } = this.corpus.places;
    context.lineWidth = 2.5;
    context.strokeStyle = readInk("accent-strong");
    for (const place of this.highlighted) {
      if (this.outlines.isArea(place, zoom)) continue;
      const [x, y] = project(frame, { longitude: longitude[place]!, latitude: latitude[place]! });
      context.beginPath();
      context.arc(x, y, RING, 0, 2 * Math.PI);
      context.stroke();
    }
  }
}

function paintLink(frame: Frame, { from, to, times }: Link, ink: "accent-strong" | "chosen", dashes: number[]): void {
  const { context } = frame;
  const [x, y] = project(frame, from);
  const [toX, toY] = project(frame, to);
  context.strokeStyle = readInk(ink);
  context.lineWidth = Math.min(1.2 + 0.6 * times, 5);
  context.globalAlpha = 0.75;
  context.setLineDash(dashes);
  context.beginPath();
  context.moveTo(x, y);
  // bent, so that links there and back, and links over other places, can be told apart
  context.quadraticCurveTo((x + toX) / 2 - (toY - y) * BEND, (y + toY) / 2 + (toX - x) * BEND, toX, toY);
  context.stroke();
  context.globalAlpha = 1;
  context.setLineDash([]);
}

function project(frame: Frame, { longitude, latitude }: Point): [number, number] {
  const [x, y] = toUnit(longitude, latitude);
  return [x * frame.worldSize - frame.origin.x, y * frame.worldSize - frame.origin.y];
}
