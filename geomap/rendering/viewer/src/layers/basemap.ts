// Land and borders, drawn from the atlas without any tile.
import type { Atlas, Level, Shape } from "./atlas";
import { CanvasLayer, type Frame } from "./canvas";
import { readInk } from "./theme";

const FINE_FROM_ZOOM = 3.5;

export class BaseMap extends CanvasLayer {
  constructor(private readonly atlas: Atlas) {
    super("tilePane");
  }

  protected override paint(frame: Frame): void {
    const level = frame.zoom < FINE_FROM_ZOOM ? this.atlas.coarse : this.atlas.fine;
    frame.context.fillStyle = readInk("sea");
    frame.context.fillRect(0, 0, frame.size.x, frame.size.y);
    for (const copy of visibleCopies(frame)) paintCopy(frame, level, copy);
  }
}

/** Which repetitions of the world reach into the canvas: 0 is the one with longitudes from -180 to 180. */
function visibleCopies({ origin, size, worldSize }: Frame): number[] {
  const first = Math.floor(origin.x / worldSize);
  const last = Math.floor((origin.x + size.x) / worldSize);
  // shapes that were unrolled over the antimeridian reach into the next copy
  return Array.from({ length: last - first + 3 }, (_, index) => first - 1 + index);
}

function paintCopy({ context, origin, size, worldSize, zoom }: Frame, level: Level, copy: number): void {
  context.save();
  context.translate(copy * worldSize - origin.x, -origin.y);
  context.scale(worldSize, worldSize);
  const left = origin.x / worldSize - copy;
  const top = origin.y / worldSize;
  const view = { left, top, right: left + size.x / worldSize, bottom: top + size.y / worldSize };
  const pixel = 1 / worldSize;
  const inView = (shapes: readonly Shape[]): Shape[] => shapes.filter((shape) => meets(shape, view));
  const strokeAll = (shapes: readonly Shape[]): void => shapes.forEach(({ path }) => context.stroke(path));
  context.lineJoin = "round";
  context.fillStyle = readInk("land");
  context.strokeStyle = readInk("coast");
  context.lineWidth = (zoom < 4 ? 0.6 : 1) * pixel;
  for (const { path } of inView(level.land)) {
    context.fill(path);
    context.stroke(path);
  }
  context.strokeStyle = readInk("border");
  context.lineWidth = (zoom < 4 ? 0.7 : 1.1) * pixel;
  strokeAll(inView(level.borders));
  context.setLineDash([3 * pixel, 3 * pixel]);
  strokeAll(inView(level.undetermined));
  context.restore();
}

function meets(shape: Shape, view: Omit<Shape, "path">): boolean {
  return shape.left <= view.right && shape.right >= view.left && shape.top <= view.bottom && shape.bottom >= view.top;
}
