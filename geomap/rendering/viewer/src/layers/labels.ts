// Names on the map: of places in the reports first, then of countries and cities, where there is room.
import type * as L from "leaflet";
import type { LabelKind, Payload } from "../data/payload";
import { toUnit } from "./atlas";
import { CanvasLayer, type Frame } from "./canvas";
import { type Box, Room } from "./room";
import { type Ink, readInk } from "./theme";

/** A marker that stands on the map: names keep off it; an empty name only takes the room. */
export interface Landmark {
  readonly name: string;
  readonly longitude: number;
  readonly latitude: number;
  readonly radius: number;
}

interface Label extends Landmark {
  readonly kind: LabelKind | "place";
  readonly fromZoom: number;
}

const STYLES: Record<Label["kind"], { font: string; ink: Ink }> = {
  place: { font: "600 12px", ink: "place-ink" },
  country: { font: "600 10.5px", ink: "country-ink" },
  region: { font: "italic 11px", ink: "country-ink" },
  water: { font: "italic 11px", ink: "water-ink" },
  city: { font: "11px", ink: "city-ink" },
};
const FAMILY = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif";
const INKS: readonly Ink[] = ["place-ink", "country-ink", "city-ink", "water-ink", "halo"];
const LINE = 14;
const GAP = 4;
const LONG_NAME = 18;

export class Labels extends CanvasLayer {
  private readonly base: readonly Label[];
  private landmarks: readonly Landmark[] = [];
  private readonly widths = new Map<string, number>();
  private inks = readInks();

  constructor(columns: Payload["labels"]) {
    super("labels");
    this.base = makeLabels(columns);
  }

  /** The markers move first and say so by `surround`: drawing on the map's own events too would do it twice. */
  override getEvents(): Record<string, L.LeafletEventHandlerFn> {
    const { moveend: _, viewreset: __, ...others } = super.getEvents();
    return others;
  }

  /** Give the markers that stand now, the most important first, and draw anew. */
  surround(landmarks: readonly Landmark[]): void {
    this.landmarks = landmarks;
    this.redraw();
  }

  protected override paint(frame: Frame): void {
    this.inks = readInks();
    const room = new Room();
    const named = new Set<string>();
    const { context } = frame;
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const landmark of this.landmarks) {
      const [x, y] = project(frame, landmark);
      room.take({ left: x - landmark.radius, top: y - landmark.radius, right: x + landmark.radius, bottom: y + landmark.radius });
    }
    for (const landmark of this.landmarks) {
      if (landmark.name !== "" && this.write(frame, room, { ...landmark, kind: "place", fromZoom: 0 })) named.add(landmark.name);
    }
    for (const label of this.base) {
      if (label.fromZoom <= frame.zoom && !named.has(label.name)) this.write(frame, room, label);
    }
  }

  private write(frame: Frame, room: Room, label: Label): boolean {
    const [x, y] = project(frame, label);
    if (x < -80 || y < -20 || x > frame.size.x + 80 || y > frame.size.y + 20) return false;
    const { context } = frame;
    const lines = breakName(label);
    context.font = `${STYLES[label.kind].font} ${FAMILY}`;
    context.letterSpacing = label.kind === "country" ? "0.8px" : "0px";
    const spot = findSpots(label, x, y, this.measure(context, lines), LINE * lines.length).find((box) => room.isFree(box));
    if (spot === undefined) return false;
    room.take(spot);
    context.strokeStyle = this.inks.halo;
    context.fillStyle = this.inks[STYLES[label.kind].ink];
    if (label.kind === "city") drawDot(context, x, y);
    context.lineWidth = 3;
    context.textAlign = lines.length > 1 ? "center" : "start";
    const left = lines.length > 1 ? (spot.left + spot.right) / 2 : spot.left + GAP / 2;
    for (const [row, line] of lines.entries()) context.strokeText(line, left, spot.top + LINE * (row + 0.5));
    for (const [row, line] of lines.entries()) context.fillText(line, left, spot.top + LINE * (row + 0.5));
    return true;
  }

  private measure(context: CanvasRenderingContext2D, lines: readonly string[]): number {
    const key = context.font + lines.join("\n");
    let width = this.widths.get(key);
    if (width === undefined) {
      width = Math.max(...lines.map((line) => context.measureText(line).width)) + GAP;
      this.widths.set(key, width);
    }
    return width;
  }
}

/** Whether the name stands beside a point, and not on an area. */
function stands({ kind }: Label): boolean {
  return kind === "city" || kind === "place";
}

/** A long name of an area takes two lines, broken at the blank nearest to its middle. */
function breakName(label: Label): string[] {
  const name = label.kind === "country" ? label.name.toUpperCase() : label.name;
  if (stands(label) || name.length < LONG_NAME) return [name];
  const blanks = [...name.matchAll(/ /g)].map(({ index }) => index);
  const middle = name.length / 2;
  const blank = blanks.sort((left, right) => Math.abs(left - middle) - Math.abs(right - middle))[0];
  return blank === undefined ? [name] : [name.slice(0, blank), name.slice(blank + 1)];
}

/** Where a name may stand, the best first: at its point, or beside a dot or marker. */
function findSpots(label: Label, x: number, y: number, width: number, height: number): Box[] {
  const at = (left: number, top: number): Box => ({ left, top, right: left + width, bottom: top + height });
  if (!stands(label)) return [at(x - width / 2, y - height / 2)];
  const away = label.radius + 2;
  return [
    at(x + away, y - LINE / 2),
    at(x - away - width, y - LINE / 2),
    at(x - width / 2, y + away),
    at(x - width / 2, y - away - LINE),
  ];
}

function readInks(): Record<Ink, string> {
  return Object.fromEntries(INKS.map((ink) => [ink, readInk(ink)])) as Record<Ink, string>;
}

function drawDot(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, y, 1.8, 0, 2 * Math.PI);
  context.stroke();
  context.fill();
}

function project(frame: Frame, label: Landmark): [number, number] {
  const [x, y] = toUnit(label.longitude, label.latitude);
  return [x * frame.worldSize - frame.origin.x, y * frame.worldSize - frame.origin.y];
}

function makeLabels(columns: Payload["labels"]): Label[] {
  const labels = columns.name.map((name, row): Label => {
    const kind = columns.kind[row] ?? "city";
    const [longitude, latitude] = [columns.longitude[row] ?? 0, columns.latitude[row] ?? 0];
    return { name, kind, longitude, latitude, radius: kind === "city" ? 3 : 0, fromZoom: firstZoom(kind, columns.rank[row] ?? 0) };
  });
  // countries go before cities whatever their size; within a kind the rank decides, in which the columns are sorted
  return labels.sort((left, right) => Number(right.kind === "country") - Number(left.kind === "country"));
}

/** The more people, the earlier: ten times fewer, about two zooms later. */
function firstZoom(kind: LabelKind, rank: number): number {
  const size = Math.log10(Math.max(rank, 1));
  return kind === "city" ? Math.max(2.6, 17 - 1.9 * size) : Math.max(0, 14.2 - 1.65 * size);
}
