// Where the map goes: to what is shown, or to one place, clear of the panels that lie on it.
import * as L from "leaflet";
import type { Corpus } from "../data/corpus";
import type { Outlines } from "./outlines";

export interface Cover {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
}

/** How far to zoom in so that a point and what is around it can be told apart. */
const CLOSE = 8.5;
const FIRST_AT_MOST = 7;
const MARGIN = 50;
/** Share of the mentions on each side that may lie outside: one remote country does not shrink all the rest. */
const TAIL = 0.04;
const WORLD = L.latLngBounds([-56, -150], [72, 165]);
const MOST = 85;
const EDGE = 190;

export class Moves {
  private cover: Cover = { left: 0, right: 0, bottom: 0 };

  constructor(
    private readonly corpus: Corpus,
    private readonly outlines: Outlines,
  ) {}

  keepClearOf(map: L.Map | null, cover: Cover): void {
    this.cover = cover;
    if (map === null || map.options.maxBounds === undefined) return;
    // what lies under a panel has to be movable out of there, at the outermost zoom too
    const degree = (256 * 2 ** map.getMinZoom()) / 360;
    map.setMaxBounds([[-MOST, -EDGE - cover.left / degree], [MOST, EDGE + cover.right / degree]]);
  }

  /** Where most of these places' mentions are. */
  home(map: L.Map, places: ArrayLike<number>, counts: ArrayLike<number>, animate: boolean): void {
    map.fitBounds(findExtent(this.corpus, places, counts), { ...this.padding(), maxZoom: FIRST_AT_MOST, animate });
  }

  fit(map: L.Map, places: Iterable<number>, animate: boolean): void {
    const rows = [...places];
    const bounds = L.latLngBounds([]);
    for (const place of rows) bounds.extend(this.boundsOf(place));
    if (!bounds.isValid()) return;
    const { left, right, bottom } = this.cover;
    const padding = L.point(2 * MARGIN + left + right, 2 * MARGIN + bottom);
    const isTooWide = map.getBoundsZoom(bounds, false, padding) <= map.getMinZoom();
    const target = isTooWide ? L.latLngBounds([this.findMiddle(rows)]) : bounds;
    map.fitBounds(target, { ...this.padding(), maxZoom: isTooWide ? map.getMinZoom() : Math.max(CLOSE, map.getZoom()), animate });
  }

  /** Half of the places lie on either side of it. */
  private findMiddle(places: readonly number[]): L.LatLng {
    const median = (coordinates: Float64Array): number => places.map((place) => coordinates[place]!).sort((one, other) => one - other)[places.length >> 1]!;
    return L.latLng(median(this.corpus.places.latitude), median(this.corpus.places.longitude));
  }

  /** Points are approached but never left behind; areas are shown as a whole. */
  goTo(map: L.Map, place: number, animate: boolean): void {
    const { isArea, latitude, longitude } = this.corpus.places;
    if (isArea[place] === 1) map.fitBounds(this.boundsOf(place), { ...this.padding(), maxZoom: CLOSE, animate });
    else {
      const point = L.latLng(latitude[place]!, longitude[place]!);
      map.fitBounds(L.latLngBounds(point, point), { ...this.padding(), maxZoom: Math.max(map.getZoom(), CLOSE), animate });
    }
  }

  /** Move only as far as is needed to see a place. */
  keepInSight(map: L.Map, place: number, animate: boolean): void {
    const { latitude, longitude } = this.corpus.places;
    map.panInside([latitude[place]!, longitude[place]!], { ...this.padding(), animate });
  }

  private boundsOf(place: number): L.LatLngBounds {
    const { isArea, latitude, longitude } = this.corpus.places;
    const point = L.latLng(latitude[place]!, longitude[place]!);
    if (isArea[place] !== 1) return L.latLngBounds(point, point);
    const box = this.outlines.at(place, FIRST_AT_MOST);
    const bounds = L.latLngBounds(toLatLng(box.left, box.bottom), toLatLng(box.right, box.top));
    return bounds.getEast() - bounds.getWest() > 200 ? L.latLngBounds(point, point).pad(0) : bounds; // over the antimeridian
  }

  private padding(): { paddingTopLeft: [number, number]; paddingBottomRight: [number, number] } {
    const { left, right, bottom } = this.cover;
    return { paddingTopLeft: [MARGIN + left, MARGIN], paddingBottomRight: [MARGIN + right, MARGIN + bottom] };
  }
}

function findExtent({ places }: Corpus, shown: ArrayLike<number>, counts: ArrayLike<number>): L.LatLngBounds {
  if (shown.length === 0) return WORLD;
  const [south, north] = trim(shown, counts, places.latitude);
  const [west, east] = trim(shown, counts, places.longitude);
  return L.latLngBounds([Math.max(south, -MOST), west], [Math.min(north, MOST), east]);
}

function trim(shown: ArrayLike<number>, counts: ArrayLike<number>, coordinates: Float64Array): [number, number] {
  const sorted = Uint32Array.from(shown).sort((left, right) => coordinates[left]! - coordinates[right]!);
  const total = sorted.reduce((sum, place) => sum + counts[place]!, 0);
  const at = (share: number): number => {
    let sum = 0;
    const found = sorted.find((place) => (sum += counts[place]!) > share * total) ?? sorted.at(-1)!;
    return coordinates[found]!;
  };
  return [at(TAIL), at(1 - TAIL - 1e-9)];
}

function toLatLng(x: number, y: number): L.LatLng {
  return L.latLng((Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI, (x - 0.5) * 360);
}
