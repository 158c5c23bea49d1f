// Names on the map: of areas and places in the reports first, then of countries and cities, where there is room.
import type * as L from "leaflet";
import type { LabelKind, Labels } from "../data/payload";
import { formatCompact } from "../formats";
import { CanvasLayer, type Frame } from "./canvas";
import { toUnit } from "./geometry";
import { type Box, Room } from "./room";
import { type Ink, readInk } from "./theme";

/** A marker or area of the reports: other names keep off it; an empty name only takes the room. */
export interface Landmark {
  readonly place: number;
  readonly name: string;
  readonly longitude: number;
  readonly latitude: number;
  /** Pixels that its marker takes; 0 for areas, whose name and count stand on them. */
  readonly radius: number;
  readonly mentions: number;
  readonly isArea: boolean;
}

interface Label extends Pick<Landmark, "name" | "longitude" | "latitude" | "radius"> {
  readonly kind: LabelKind | "place" | "reported";
}

const STYLES: Record<Label["kind"], { font: string; ink: Ink }> = {
  place: { font: "600 12px", ink: "place-ink" },
  reported: { font: "650 12px", ink: "accent-strong" },
  country: { font: "600 10.5px", ink: "country-ink" },
  region: { font: "italic 11px", ink: "country-ink" },
  water: { font: "italic 11px", ink: "water-ink" },
  city: { font: "11px", ink: "city-ink" },
};
const FAMILY = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif";
const INKS: readonly Ink[] = ["place-ink", "country-ink", "city-ink", "water-ink", "accent", "accent-strong", "surface", "halo"];
const LINE = 14;
const GAP = 4;
/** Pixels. */
const LEAST_PILL = 16;
const NARROWEST = 2;
const LONG_NAME = 18;
/** Latin, Greek and Cyrillic. */
const SIMPLE = /^[ -~\u00a0-\u024f\u0370-\u052f\u1e00-\u1eff\u2010-\u2019]*$/;
/** How far the name of an area may give way, in lines. */
const SHIFTS = [0, -1.2, 1.2, -2.4, 2.4];

export class Names extends CanvasLayer {
  private readonly base: BaseNames;
  private isBaseShown = true;
  /** What the canvas writes in. */
  private style: Label["kind"] | null = null;
  private landmarks: readonly Landmark[] = [];
  /** Pixels that names and letters take, by style. */
  private readonly widths = new Map<string, number>();
  private inks = {} as Record<Ink, string>;
  /** Where the names of areas stand: they can be pointed at. */
  private targets: { readonly box: Box; readonly place: number }[] = [];
  private origin: { readonly x: number; readonly y: number } = { x: 0, y: 0 };

  constructor(labels: Labels, paneName: string) {
    super(paneName);
    this.base = new BaseNames(labels);
  }

  /** The markers move first and say so by `surround`: drawing on the map's own events too would do it twice. */
  override getEvents(): Record<string, L.LeafletEventHandlerFn> {
    const { moveend: _, ...others } = super.getEvents();
    return others;
  }

  /** Give the markers and areas that are drawn now, the most important first, and draw anew with them. */
  surround(landmarks: readonly Landmark[]): void {
    this.landmarks = landmarks;
    this.redrawAtOnce();
  }

  /** Whether names for orientation are written, too. */
  showBase(on: boolean): void {
    this.isBaseShown = on;
    this.redraw();
  }

  /** The area whose name stands at a point of the map, in world pixels. */
  find(point: { readonly x: number; readonly y: number }): number | null {
    const [x, y] = [point.x - this.origin.x, point.y - this.origin.y];
    return this.targets.find(({ box }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom)?.place ?? null;
  }

  protected override paint(frame: Frame): void {
    this.inks = Object.fromEntries(INKS.map((ink) => [ink, readInk(ink)])) as Record<Ink, string>;
    this.origin = frame.origin;
    this.targets = [];
    this.style = null;
    const room = new Room();
    const named = new Set<string>();
    frame.context.textBaseline = "middle";
    frame.context.lineJoin = "round";
    for (const landmark of this.landmarks) {
      const [x, y] = project(frame, landmark);
      if (!landmark.isArea) room.take({ left: x - landmark.radius, top: y - landmark.radius, right: x + landmark.radius, bottom: y + landmark.radius });
    }
    for (const landmark of this.landmarks) {
      if (landmark.isArea && this.writeArea(frame, room, landmark)) named.add(landmark.name);
    }
    for (const landmark of this.landmarks) {
      if (landmark.name === "" || landmark.isArea) continue;
      if (this.write(frame, room, { ...landmark, kind: "place" })) named.add(landmark.name);
    }
    for (const label of this.isBaseShown ? this.base.shownAt(frame.zoom) : []) if (!named.has(label.name)) this.write(frame, room, label);
  }

  /** The name of an area with its count; where there is no room for both, nothing: the area itself is still there. */
  private writeArea(frame: Frame, room: Room, landmark: Landmark): boolean {
    const [x, y] = project(frame, landmark);
    if (isOutside(frame, x, y)) return false;
    const { context } = frame;
    const lines = breakName(landmark.name);
    const height = LINE * lines.length;
    const find = (width: number): Box | undefined => findShifts(x, y, width, height).find((box) => room.isFree(box));
    if (find(guessLeast(lines) + LEAST_PILL) === undefined) return false;
    const count = formatCompact(landmark.mentions);
    this.setStyle(context, "reported");
    const text = this.measure(context, "reported", lines);
    const pill = Math.max(this.measure(context, "reported", [count]) + 6, LEAST_PILL);
    const spot = find(text + pill + GAP);
    if (spot === undefined) return false;
    room.take(spot);
    this.targets.push({ box: spot, place: landmark.place });
    this.writeLines(context, lines, spot.left + GAP / 2, spot.top, "reported", text);
    this.drawPill(context, count, spot.right - pill, (spot.top + spot.bottom) / 2, pill);
    return true;
  }

  private drawPill(context: CanvasRenderingContext2D, count: string, left: number, middle: number, width: number): void {
    context.fillStyle = this.inks.surface;
    context.strokeStyle = this.inks.accent;
    context.lineWidth = 1;
    context.beginPath();
    context.roundRect(left, middle - 8, width, 16, 8);
    context.fill();
    context.stroke();
    context.fillStyle = this.inks["accent-strong"];
    context.textAlign = "center";
    context.fillText(count, left + width / 2, middle + 0.5);
  }

  private write(frame: Frame, room: Room, label: Label): boolean {
    const [x, y] = project(frame, label);
    if (isOutside(frame, x, y)) return false;
    const { context } = frame;
    const lines = stands(label) ? [label.name] : breakName(label.kind === "country" ? label.name.toUpperCase() : label.name);
    const find = (width: number): Box | undefined => findSpots(label, x, y, width, LINE * lines.length).find((box) => room.isFree(box));
    if (find(guessLeast(lines)) === undefined) return false;
    this.setStyle(context, label.kind);
    const width = this.measure(context, label.kind, lines);
    const spot = find(width);
    if (spot === undefined) return false;
    room.take(spot);
    if (label.kind === "city") this.drawDot(context, x, y);
    this.writeLines(context, lines, spot.left + GAP / 2, spot.top, label.kind, width);
    return true;
  }

  private writeLines(context: CanvasRenderingContext2D, lines: readonly string[], left: number, top: number, kind: Label["kind"], width: number): void {
    context.strokeStyle = this.inks.halo;
    context.fillStyle = this.inks[STYLES[kind].ink];
    context.lineWidth = 3;
    context.textAlign = lines.length > 1 ? "center" : "start";
    const at = lines.length > 1 ? left + (width - GAP) / 2 : left;
    for (const [row, line] of lines.entries()) context.strokeText(line, at, top + LINE * (row + 0.5));
    for (const [row, line] of lines.entries()) context.fillText(line, at, top + LINE * (row + 0.5));
  }

  private drawDot(context: CanvasRenderingContext2D, x: number, y: number): void {
    context.strokeStyle = this.inks.halo;
    context.fillStyle = this.inks["city-ink"];
    context.lineWidth = 2;
    context.beginPath();
    context.arc(x, y, 1.8, 0, 2 * Math.PI);
    context.stroke();
    context.fill();
  }

  /** Only where it is another: browsers prepare the font anew each time. */
  private setStyle(context: CanvasRenderingContext2D, kind: Label["kind"]): void {
    if (kind === this.style) return;
    this.style = kind;
    context.font = `${STYLES[kind].font} ${FAMILY}`;
    context.letterSpacing = kind === "country" ? "0.8px" : "0px";
  }

  private measure(context: CanvasRenderingContext2D, kind: Label["kind"], lines: readonly string[]): number {
    const key = kind + lines.join("\n");
    let width = this.widths.get(key);
    if (width === undefined) {
      width = Math.max(...lines.map((line) => this.measureLine(context, kind, line))) + GAP;
      this.widths.set(key, width);
    }
    return width;
  }

  /** By letters where these look the same beside any other: there are few of them, and measuring takes its time. */
  private measureLine(context: CanvasRenderingContext2D, kind: Label["kind"], line: string): number {
    if (!SIMPLE.test(line)) return context.measureText(line).width;
    let width = 0;
    for (const letter of line) {
      const key = `${letter} ${kind}`;
      let own = this.widths.get(key);
      if (own === undefined) this.widths.set(key, (own = context.measureText(letter).width));
      width += own;
    }
    return width;
  }
}

/** Whether the name stands beside a point, and not on an area. */
function stands({ kind }: Label): boolean {
  return kind === "city" || kind === "place";
}

/** A long name of an area takes two lines, broken at the blank nearest to its middle. */
function breakName(name: string): string[] {
  if (name.length < LONG_NAME) return [name];
  const blanks = [...name.matchAll(/ /g)].map(({ index }) => index);
  const middle = name.length / 2;
  const blank = blanks.sort((left, right) => Math.abs(left - middle) - Math.abs(right - middle))[0];
  return blank === undefined ? [name] : [name.slice(0, blank), name.slice(blank + 1)];
}

/** Less than the words can take: where not even this has room, they need not be measured, which takes longer than all else. */
function guessLeast(lines: readonly string[]): number {
  return NARROWEST * Math.max(...lines.map((line) => line.length));
}

/** Where the name of an area may stand, the best first. */
function findShifts(x: number, y: number, width: number, height: number): Box[] {
  return SHIFTS.map((shift) => {
    const middle = y + shift * LINE;
    return { left: x - width / 2, right: x + width / 2, top: middle - height / 2, bottom: middle + height / 2 };
  });
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

function isOutside(frame: Frame, x: number, y: number): boolean {
  return x < -80 || y < -20 || x > frame.size.x + 80 || y > frame.size.y + 20;
}

function project(frame: Frame, label: Pick<Landmark, "longitude" | "latitude">): [number, number] {
  const [x, y] = toUnit(label.longitude, label.latitude);
  return [x * frame.worldSize - frame.origin.x, y * frame.worldSize - frame.origin.y];
}

/** The names for orientation: thousands, of which a zoom shows a few. */
class BaseNames {
  private readonly fromZoom: Float32Array;

  constructor(private readonly columns: Labels) {
    this.fromZoom = Float32Array.from(columns.rank, (rank, row) => firstZoom(columns.kind[row]!, rank));
  }

  /** Those of countries before all others, whatever their size; else in the order of the columns, the highest rank first. */
  shownAt(zoom: number): Label[] {
    const shown: Label[] = [];
    for (let row = 0; row < this.fromZoom.length; row++) if (this.fromZoom[row]! <= zoom) shown.push(this.label(row));
    return shown.sort((left, right) => Number(right.kind === "country") - Number(left.kind === "country"));
  }

  private label(row: number): Label {
    const { name, kind, longitude, latitude } = this.columns;
    return { name: name[row]!, kind: kind[row]!, longitude: longitude[row]!, latitude: latitude[row]!, radius: kind[row] === "city" ? 3 : 0 };
  }
}

/** The more people, the earlier: ten times fewer, about two zooms later. */
function firstZoom(kind: LabelKind, rank: number): number {
  const size = Math.log10(Math.max(rank, 1));
  if (kind === "city") return Math.max(2.6, 17 - 1.9 * size);
  return Math.max(kind === "region" ? 4.5 : 0, 14.2 - 1.65 * size);
}
