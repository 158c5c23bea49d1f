// Land, waters and borders, drawn from the atlas without any tile.
import { type Block, readColumns } from "../data/block";
import { addUpSteps } from "../data/steps";
import type { Atlas, Level } from "./atlas";
import { CanvasLayer, type Frame, paintCopies } from "./canvas";
import { type Box, makeShape, meets, type Shape } from "./geometry";
import { type Ink, readInk } from "./theme";

const FINE_FROM_ZOOM = 3.5;
const REGIONS_FROM_ZOOM = 4.6;
const WATERS_FROM_ZOOM = 3;
/** From here on the atlas's details are drawn. */
export const DETAILS_FROM_ZOOM = Math.min(FINE_FROM_ZOOM, WATERS_FROM_ZOOM);
/** Where the page keeps the borders between regions; they are read when first wanted. */
const REGIONS = "geomap_regions";

export class BaseMap extends CanvasLayer {
  private regions: readonly Shape[] | null = null;
  private isReading = false;

  constructor(private readonly atlas: Atlas) {
    super("tilePane");
  }

  protected override paint(frame: Frame): void {
    const level = frame.zoom < FINE_FROM_ZOOM ? this.atlas.coarse : this.atlas.fine;
    if (frame.zoom >= REGIONS_FROM_ZOOM) void this.readRegions();
    frame.context.fillStyle = readInk("sea");
    frame.context.fillRect(0, 0, frame.size.x, frame.size.y);
    paintCopies(frame, (view) => this.paintWorld(frame, level, view));
  }

  private paintWorld({ context, worldSize, zoom }: Frame, level: Level, view: Box): void {
    const pen = new Pen(context, worldSize, view);
    pen.fill(level.land, "land");
    pen.stroke(level.land, "coast", zoom < 4 ? 0.6 : 1);
    if (zoom >= WATERS_FROM_ZOOM) {
      pen.stroke(this.atlas.rivers, "river", zoom < 5 ? 0.6 : zoom < 7 ? 0.9 : 1.3);
      pen.fill(this.atlas.lakes, "sea");
      pen.stroke(this.atlas.lakes, "coast", 0.7);
    }
    if (zoom >= REGIONS_FROM_ZOOM && this.regions !== null) pen.stroke(this.regions, "region", 0.9);
    pen.stroke(level.borders, "border", zoom < 4 ? 0.7 : 1.3);
    pen.stroke(level.undetermined, "border", zoom < 4 ? 0.7 : 1.3, [3, 3]);
  }

  private async readRegions(): Promise<void> {
    if (this.isReading || document.getElementById(REGIONS) === null) return;
    this.isReading = true;
    this.regions = readLines(await readColumns(REGIONS));
    this.redraw();
  }
}

class Pen {
  private readonly pixel: number;

  constructor(
    private readonly context: CanvasRenderingContext2D,
    worldSize: number,
    private readonly view: Box,
  ) {
    this.pixel = 1 / worldSize;
    context.lineJoin = "round";
  }

  fill(shapes: readonly Shape[], ink: Ink): void {
    this.context.fillStyle = readInk(ink);
    for (const shape of shapes) if (meets(shape, this.view)) this.context.fill(shape.path);
  }

  stroke(shapes: readonly Shape[], ink: Ink, width: number, dashes: readonly number[] = []): void {
    this.context.strokeStyle = readInk(ink);
    this.context.lineWidth = width * this.pixel;
    this.context.setLineDash(dashes.map((length) => length * this.pixel));
    for (const shape of shapes) if (meets(shape, this.view)) this.context.stroke(shape.path);
    this.context.setLineDash([]);
  }
}

function readLines(block: Block): Shape[] {
  const steps = block.signed("lineStep");
  let at = 0;
  return Array.from(block.numbers("lineSize"), (size) => {
    const begin = at;
    at += 2 * size;
    return makeShape([addUpSteps(steps, begin, at)], false);
  });
}
