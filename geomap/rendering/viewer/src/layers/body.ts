// The layers of a map as one for Leaflet, and what of them the pointer is on.
import * as L from "leaflet";
import type { Corpus } from "../data/corpus";
import type { Selection } from "../data/selection";
import { element } from "../elements";
import { formatCount } from "../formats";
import { afterFrame } from "../idle";
import { texts } from "../texts";
import { Alternatives } from "./alternatives";
import { Areas } from "./areas";
import type { Atlas } from "./atlas";
import { BaseMap } from "./basemap";
import { type Box, toUnit } from "./geometry";
import { Marks } from "./marks";
import { type Landmark, Names } from "./names";
import type { Outlines } from "./outlines";
import { Pins } from "./pins";
import { forgetInks, onThemeChange } from "./theme";

export interface Events {
  /** One place, or several that no zoom can tell apart. */
  placeClick: { readonly places: readonly number[] };
  alternativeClick: { readonly mention: number; readonly alternative: number };
  /** Places under the pointer; none when it leaves. */
  hover: { readonly places: readonly number[] };
  /** After the map has moved or zoomed. */
  move: Record<string, never>;
  /** A click where a point was asked for. */
  pointClick: { readonly latitude: number; readonly longitude: number };
  /** A click where no place is. */
  emptyClick: Record<string, never>;
}
/** What of the map's surroundings is drawn too, so that small moves show no gaps. */
const BEYOND = 0.25;
const NO_LABELS = { name: [], latitude: [], longitude: [], rank: [], kind: [] };

/** The layers as one for Leaflet, so that anyone's map can switch them on and off together. */
export class Body extends L.Layer {
  map: L.Map | null = null;
  readonly marks: Marks;
  readonly alternatives: Alternatives;
  /** Whether the next click names a point, and not what lies there. */
  asksForPoint = false;
  private readonly base: BaseMap | null;
  private readonly areas: Areas;
  private readonly pins: Pins;
  private readonly names: Names;
  private readonly tip = L.tooltip({ className: "geomap-tip", direction: "top", offset: [0, -8] });
  private pointed: number | null = null;
  private requested = 0;
  private selection: Selection | null = null;

  constructor(
    private readonly corpus: Corpus,
    private readonly outlines: Outlines,
    private readonly atlas: Atlas | null,
    private readonly tell: <Name extends keyof Events>(name: Name, event: Events[Name]) => void,
  ) {
    super();
    this.base = atlas === null ? null : new BaseMap(atlas);
    this.areas = new Areas(corpus, outlines, "geomap-areas");
    this.marks = new Marks(corpus, outlines, "geomap-marks");
    this.names = new Names(atlas === null ? NO_LABELS : corpus.labels, "geomap-names");
    this.alternatives = new Alternatives(corpus, (mention, alternative) => tell("alternativeClick", { mention, alternative }));
    this.pins = new Pins(corpus, outlines, {
      choose: (places) => tell("placeClick", { places }),
      hover: (places) => tell("hover", { places }),
    });
    onThemeChange(() => this.restyle());
  }

  override onAdd(map: L.Map): this {
    this.map = map;
    for (const [name, zIndex] of [["geomap-areas", 250], ["geomap-names", 430], ["geomap-marks", 440]] as const) {
      const pane = map.getPane(name) ?? map.createPane(name);
      pane.style.zIndex = String(zIndex);
      pane.style.pointerEvents = "none";
    }
    this.redraw();
    for (const layer of this.all()) if (layer !== this.names) map.addLayer(layer); // the names follow the first markers
    return this;
  }

  override onRemove(map: L.Map): this {
    for (const layer of this.all()) map.removeLayer(layer);
    this.map = null;
    return this;
  }

  /** Folium's groups ask for it. */
  getBounds(): L.LatLngBounds {
    const { longitude, latitude } = this.corpus.places;
    return L.latLngBounds(Array.from(this.selection?.places ?? [], (place) => L.latLng(latitude[place]!, longitude[place]!)));
  }

  override getEvents(): Record<string, L.LeafletEventHandlerFn> {
    return {
      moveend: () => {
        this.redraw();
        this.tell("move", {});
      },
      click: (event) => this.click(event as L.LeafletMouseEvent),
      mousemove: (event) => this.point(event as L.LeafletMouseEvent),
      mouseout: () => this.leave(),
    };
  }

  show(selection: Selection): void {
    this.selection = selection;
    this.areas.show(selection);
    this.pins.show(selection);
    this.redraw();
  }

  choose(place: number | null): void {
    this.marks.chosen = place;
    this.marks.redraw();
    this.pins.choose(place);
    this.redraw();
  }

  /** Whether the offline base map and its names are drawn, or an online one stands in their place. */
  showBase(on: boolean): void {
    this.base?.setOpacity(on ? 1 : 0);
    this.names.showBase(on);
  }

  restyle(): void {
    forgetInks();
    for (const layer of [this.base, this.areas, this.names, this.marks]) layer?.redraw();
  }

  /** Draw what has been asked for without waiting for the next frame; the names follow in the one after it. */
  drawAtOnce(): void {
    cancelAnimationFrame(this.requested);
    this.draw();
    for (const layer of [this.base, this.areas, this.marks]) layer?.redrawAtOnce();
  }

  /** Read the atlas's details, and draw with them what has been drawn without. */
  async loadDetails(): Promise<void> {
    if (this.atlas === null || this.atlas.hasDetails) return;
    await this.atlas.loadDetails();
    this.outlines.forget();
    for (const layer of [this.base, this.areas, this.marks]) layer?.redraw();
    this.redraw();
  }

  private all(): L.Layer[] {
    const { base, areas, names, marks, pins, alternatives } = this;
    return [...(base === null ? [] : [base]), areas, names, marks, pins, alternatives];
  }

  /** Draw before the next frame is shown, once for all that changes until then. */
  private redraw(): void {
    if (this.map !== null && this.requested === 0) this.requested = requestAnimationFrame(() => this.draw());
  }

  /** Put the markers where they belong, and the names around them. */
  private draw(): void {
    this.requested = 0;
    const map = this.map;
    if (map === null || this.selection === null) return;
    const box = viewBox(map, BEYOND);
    const zoom = map.getZoom();
    const areas = this.areas.shownIn(box, Math.round(zoom)).map((place) => this.describeArea(place));
    const pins = this.pins.draw(map, box);
    // areas have no element of their own that a test or a style could ask for
    Object.assign(map.getContainer().dataset, { areas: areas.length, pins: pins.length });
    this.names.surround([...areas, ...(this.base === null ? pins.map((pin) => ({ ...pin, name: "" })) : pins)]);
    if (!map.hasLayer(this.names)) afterFrame(() => this.map?.addLayer(this.names));
  }

  private describeArea(place: number): Landmark {
    const { name, longitude, latitude } = this.corpus.places;
    const mentions = this.selection?.placeCounts[place] ?? 0;
    return { place, name: name[place]!, longitude: longitude[place]!, latitude: latitude[place]!, radius: 0, mentions, isArea: true };
  }

  private find(event: L.LeafletMouseEvent): number | null {
    const map = this.map;
    if (map === null) return null;
    const named = this.names.find(map.project(event.latlng));
    return named ?? this.areas.find(event.latlng, viewBox(map, 0), Math.round(map.getZoom()));
  }

  private click(event: L.LeafletMouseEvent): void {
    if (this.asksForPoint) return this.tell("pointClick", { latitude: event.latlng.lat, longitude: event.latlng.lng });
    const place = this.find(event);
    if (place === null) this.tell("emptyClick", {});
    else this.tell("placeClick", { places: [place] });
  }

  private point(event: L.LeafletMouseEvent): void {
    const place = isOverMarker(event) ? null : this.find(event);
    const map = this.map;
    if (map === null) return;
    if (place !== this.pointed) {
      this.pointed = place;
      map.getContainer().classList.toggle("geomap-pointing", place !== null);
      this.tell("hover", { places: place === null ? [] : [place] });
    }
    if (place === null) map.closeTooltip(this.tip);
    else {
      const count = this.selection?.placeCounts[place] ?? 0;
      this.tip.setContent(element("span", {}, `${this.corpus.places.name[place]}, ${texts.mentions(count, formatCount(count))}`));
      map.openTooltip(this.tip.setLatLng(event.latlng));
    }
  }

  private leave(): void {
    this.map?.closeTooltip(this.tip);
    if (this.pointed !== null) this.tell("hover", { places: [] });
    this.pointed = null;
  }
}

/** The part of the unit square that the map shows, and a share of it on each side. */
function viewBox(map: L.Map, beyond: number): Box {
  const bounds = map.getBounds().pad(beyond);
  const [left, top] = toUnit(bounds.getWest(), bounds.getNorth());
  const [right, bottom] = toUnit(bounds.getEast(), bounds.getSouth());
  return { left, top, right, bottom };
}

function isOverMarker({ originalEvent }: L.LeafletMouseEvent): boolean {
  return originalEvent.target instanceof Element && originalEvent.target.closest(".geomap-marker") !== null;
}

