// A layer that draws on one canvas, a margin larger than the map, and moves and scales with it.
import * as L from "leaflet";
import { afterOpening } from "../idle";
import type { Box } from "./geometry";

const MARGIN = 0.35;

export interface Frame {
  readonly context: CanvasRenderingContext2D;
  /** Pixels of the world's width at this zoom. */
  readonly worldSize: number;
  /** The canvas's upper left corner in world pixels. */
  readonly origin: L.Point;
  readonly size: L.Point;
  readonly zoom: number;
}

/** Paint each repetition of the world that the canvas shows; while `paint` runs the world is one unit wide. */
export function paintCopies(frame: Frame, paint: (view: Box) => void): void {
  const { context, origin, size, worldSize } = frame;
  const first = Math.floor(origin.x / worldSize);
  const last = Math.floor((origin.x + size.x) / worldSize);
  // shapes that were unrolled over the antimeridian reach into the next copy
  for (let copy = first - 1; copy <= last + 1; copy++) {
    const left = origin.x / worldSize - copy;
    const top = origin.y / worldSize;
    context.save();
    context.translate(copy * worldSize - origin.x, -origin.y);
    context.scale(worldSize, worldSize);
    paint({ left, top, right: left + size.x / worldSize, bottom: top + size.y / worldSize });
    context.restore();
  }
}

export abstract class CanvasLayer extends L.Layer {
  private readonly canvas = document.createElement("canvas");
  private bounds = L.bounds([0, 0], [0, 0]);
  private drawn = { center: L.latLng(0, 0), zoom: 0 };
  /** None the first time: the less is painted, the sooner it is there, and the rest follows when nothing else is to be done. */
  private margin = 0;
  private map: L.Map | null = null;
  private requested = 0;

  constructor(private readonly paneName: string) {
    super();
    this.canvas.setAttribute("aria-hidden", "true");
    this.canvas.className = "leaflet-zoom-animated";
  }

  protected abstract paint(frame: Frame): void;

  /** Whether there is nothing to paint; then the canvas takes one pixel. */
  protected isBlank(): boolean {
    return false;
  }

  setOpacity(opacity: number): void {
    this.canvas.style.opacity = String(opacity);
  }

  protected get context(): CanvasRenderingContext2D | null {
    return this.canvas.getContext("2d");
  }

  override onAdd(map: L.Map): this {
    this.map = map;
    map.getPane(this.paneName)?.append(this.canvas);
    this.redraw();
    return this;
  }

  override onRemove(): this {
    cancelAnimationFrame(this.requested);
    this.requested = 0;
    this.canvas.remove();
    this.map = null;
    return this;
  }

  override getEvents(): Record<string, L.LeafletEventHandlerFn> {
    return {
      viewreset: () => this.replace(),
      moveend: () => this.replace(),
      resize: () => this.redraw(),
      move: () => this.redrawWhenUncovered(),
      zoom: () => this.map && this.place(this.map.getCenter(), this.map.getZoom()),
      zoomanim: (event) => {
        const { center, zoom } = event as L.ZoomAnimEvent;
        this.place(center, zoom);
      },
    };
  }

  /** Paint before the next frame is shown: whatever else happens until then is painted with it. */
  redraw(): void {
    if (this.map !== null && this.requested === 0) this.requested = requestAnimationFrame(() => this.paintNow());
  }

  /** Paint now, and not when the next frame is made. */
  redrawAtOnce(): void {
    cancelAnimationFrame(this.requested);
    this.paintNow();
  }

  /** The picture that is there goes to its new place until the new one is painted. */
  private replace(): void {
    if (this.map !== null) this.place(this.map.getCenter(), this.map.getZoom());
    this.redraw();
  }

  private paintNow(): void {
    this.requested = 0;
    const map = this.map;
    if (map === null) return;
    const view = map.getSize();
    const least = map.containerPointToLayerPoint(view.multiplyBy(-this.margin)).round();
    const size = view.multiplyBy(1 + 2 * this.margin).round();
    this.bounds = L.bounds(least, least.add(size));
    this.drawn = { center: map.getCenter(), zoom: map.getZoom() };
    const isBlank = this.isBlank();
    const context = this.resize(isBlank ? L.point(1, 1) : size);
    L.DomUtil.setTransform(this.canvas, least, 1);
    if (context === null || isBlank) return;
    const origin = least.add(map.getPixelOrigin());
    this.paint({ context, origin, size, zoom: this.drawn.zoom, worldSize: 256 * 2 ** this.drawn.zoom });
    if (this.margin === 0) afterOpening(() => this.widen());
  }

  private widen(): void {
    if (this.margin > 0) return;
    this.margin = MARGIN;
    this.redraw();
  }

  private resize(size: L.Point): CanvasRenderingContext2D | null {
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(size.x * ratio);
    this.canvas.height = Math.round(size.y * ratio);
    this.canvas.style.width = `${size.x}px`;
    this.canvas.style.height = `${size.y}px`;
    const context = this.canvas.getContext("2d");
    context?.scale(ratio, ratio);
    return context;
  }

  private redrawWhenUncovered(): void {
    const map = this.map;
    if (map === null || map.getZoom() !== this.drawn.zoom) return;
    const least = map.containerPointToLayerPoint([0, 0]);
    if (this.bounds.contains(L.bounds(least, least.add(map.getSize())))) return;
    this.redraw();
  }

  /** Put the drawn picture where it belongs while the map zooms, as L.Renderer does. */
  private place(center: L.LatLng, zoom: number): void {
    const map = this.map;
    if (map === null) return;
    const scale = map.getZoomScale(zoom, this.drawn.zoom);
    const half = map.getSize().multiplyBy(0.5 + this.margin);
    const drawnCenter = map.project(this.drawn.center, zoom);
    const shift = drawnCenter.subtract(map.project(center, zoom));
    const middle = map.containerPointToLayerPoint(map.getSize().divideBy(2));
    const corner = half.multiplyBy(-scale).add(shift).add(middle);
    L.DomUtil.setTransform(this.canvas, corner, scale);
  }
}
