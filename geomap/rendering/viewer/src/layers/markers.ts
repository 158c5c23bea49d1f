// Places as markers with their counts; those too close to be told apart are clustered.
import * as L from "leaflet";
import Supercluster, { type ClusterFeature, type PointFeature } from "supercluster";
import { DOUBTFUL, type ShownPlace, type View } from "../data/view";
import { element } from "../elements";
import { formatCompact, formatCount } from "../formats";
import { isArea } from "../kinds";
import { texts } from "../texts";
import type { Landmark } from "./labels";

interface Own {
  readonly number: number;
  readonly mentions: number;
}
interface Sum {
  mentions: number;
}
type Feature = ClusterFeature<Sum> | PointFeature<Own>;

interface Standing {
  readonly marker: L.Marker;
  readonly landmark: Landmark;
}

export interface MarkerActions {
  /** One place, or several that no zoom can tell apart. */
  choose(numbers: readonly number[], map: L.Map): void;
  /** The markers that stand now, the largest first. */
  placed(landmarks: readonly Landmark[]): void;
}

const DEEPEST = 13;
const RADIUS = 52;
const SMALLEST = 20;
const LARGEST = 46;
const HALO = 6;

export class Markers extends L.Layer {
  private readonly group = L.layerGroup();
  /** The markers that stand, by what they stand for: those that stay in view stay as they are. */
  private standing = new Map<string, Standing>();
  private index = makeIndex().load([]);
  private view: View = { places: [], byNumber: new Map(), mentions: 0 };
  private chosen: readonly number[] = [];
  private map: L.Map | null = null;

  constructor(private readonly actions: MarkerActions) {
    super();
  }

  override onAdd(map: L.Map): this {
    this.map = map;
    this.group.addTo(map);
    this.draw();
    return this;
  }

  override onRemove(): this {
    this.group.remove();
    this.map = null;
    return this;
  }

  override getEvents(): Record<string, L.LeafletEventHandlerFn> {
    return { moveend: () => this.draw() };
  }

  /** Show these places and no others. */
  show(view: View): void {
    this.view = view;
    this.index = makeIndex().load(
      view.places.map(({ place, mentions }) => ({
        type: "Feature",
        geometry: { type: "Point", coordinates: [place.longitude, place.latitude] },
        properties: { number: place.number, mentions: mentions.length },
      })),
    );
    this.clear();
    this.draw();
  }

  choose(numbers: readonly number[]): void {
    this.chosen = numbers;
    this.clear();
    this.draw();
  }

  private clear(): void {
    this.group.clearLayers();
    this.standing.clear();
  }

  private draw(): void {
    const map = this.map;
    if (map === null) return;
    const before = this.standing;
    this.standing = new Map();
    for (const feature of this.findFeatures(map)) {
      const key = keyOf(feature);
      this.standing.set(key, before.get(key) ?? this.add(feature, map));
    }
    this.addChosen(before, map);
    for (const [key, { marker }] of before) if (!this.standing.has(key)) this.group.removeLayer(marker);
    this.actions.placed([...this.standing.values()].map(({ landmark }) => landmark));
  }

  private findFeatures(map: L.Map): Feature[] {
    const bounds = map.getBounds().pad(0.2);
    const box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()] as const;
    const features = this.index.getClusters(clampBox(box), Math.round(map.getZoom()));
    return features.sort((left, right) => right.properties.mentions - left.properties.mentions);
  }

  private add(feature: Feature, map: L.Map): Standing {
    const { properties } = feature;
    if (!("cluster" in properties)) return this.addPlace(this.view.byNumber.get(properties.number)!, map);
    const [longitude = 0, latitude = 0] = feature.geometry.coordinates;
    const size = findDiameter(properties.mentions) + 6;
    const title = `${texts.places(properties.point_count, formatCount(properties.point_count))}, ${countMentions(properties.mentions)}`;
    const marker = this.pin(latitude, longitude, size, "is-cluster", properties.mentions, title);
    marker.on("click", () => this.open(properties.cluster_id, map));
    return { marker, landmark: { name: "", longitude, latitude, radius: size / 2 + HALO } };
  }

  private addPlace(shown: ShownPlace, map: L.Map): Standing {
    const { place, mentions } = shown;
    const size = findDiameter(mentions.length);
    const title = `${place.name}, ${countMentions(mentions.length)}`;
    const marker = this.pin(place.latitude, place.longitude, size, classesOf(shown, this.chosen), mentions.length, title);
    marker.on("click", () => this.actions.choose([place.number], map));
    marker.getElement()?.setAttribute("data-place", place.id);
    const { name, longitude, latitude } = place;
    return { marker, landmark: { name, longitude, latitude, radius: size / 2 + 1 } };
  }

  /** The chosen place stands out even where it is part of a cluster. */
  private addChosen(before: ReadonlyMap<string, Standing>, map: L.Map): void {
    const shown = this.chosen.length === 1 ? this.view.byNumber.get(this.chosen[0]!) : undefined;
    if (shown === undefined) return;
    const key = `place ${shown.place.number}`;
    if (!this.standing.has(key)) this.standing.set(key, before.get(key) ?? this.addPlace(shown, map));
  }

  private pin(latitude: number, longitude: number, size: number, classes: string, mentions: number, title: string): L.Marker {
    const html = element("span", { class: "geomap-count" }, formatCompact(mentions));
    const icon = L.divIcon({ className: `geomap-marker ${classes}`, iconSize: [size, size], html });
    const zIndexOffset = classes.includes("is-chosen") ? 10_000 : Math.round(mentions);
    // keyboard users reach places through the list: hundreds of tab stops on a map help nobody
    const marker = L.marker([latitude, longitude], { icon, keyboard: false, zIndexOffset, riseOnHover: true });
    marker.addTo(this.group);
    const tip = element("span", {}, title);
    return marker.bindTooltip(tip, { direction: "top", offset: [0, -size / 2], className: "geomap-tip" });
  }

  private open(cluster: number, map: L.Map): void {
    const leaves = this.index.getLeaves(cluster, Infinity);
    const points = leaves.map(({ geometry: { coordinates } }) => L.latLng(coordinates[1] ?? 0, coordinates[0] ?? 0));
    const zoom = this.index.getClusterExpansionZoom(cluster);
    if (zoom > Math.min(DEEPEST, map.getMaxZoom())) this.actions.choose(leaves.map((leaf) => leaf.properties.number), map);
    else map.fitBounds(L.latLngBounds(points).pad(0.1), { maxZoom: Math.max(zoom, map.getZoom() + 1), padding: [40, 40] });
  }
}

function makeIndex(): Supercluster<Own, Sum> {
  return new Supercluster<Own, Sum>({
    radius: RADIUS,
    extent: 256,
    maxZoom: DEEPEST,
    map: ({ mentions }) => ({ mentions }),
    reduce: (sum, { mentions }) => {
      sum.mentions += mentions;
    },
  });
}

function classesOf({ place, confidence }: ShownPlace, chosen: readonly number[]): string {
  const classes = ["is-place"];
  if (isArea(place)) classes.push("is-area");
  if (confidence < DOUBTFUL) classes.push("is-doubtful");
  if (place.anchor !== null) classes.push("is-displaced");
  if (chosen.includes(place.number)) classes.push("is-chosen");
  return classes.join(" ");
}

function countMentions(count: number): string {
  return texts.mentions(count, formatCount(count));
}

function findDiameter(mentions: number): number {
  return Math.round(Math.min(LARGEST, SMALLEST + 5.5 * Math.log2(Math.max(mentions, 1)) ** 0.85));
}

function keyOf({ properties }: Feature): string {
  return "cluster" in properties ? `cluster ${properties.cluster_id}` : `place ${properties.number}`;
}

function clampBox([west, south, east, north]: readonly [number, number, number, number]): [number, number, number, number] {
  return [Math.max(west, -180), Math.max(south, -90), Math.min(east, 180), Math.min(north, 90)];
}
