// Places as markers with their counts; those too close to be told apart are gathered.
import * as L from "leaflet";
import type { Corpus } from "../data/corpus";
import { type Selection } from "../data/selection";
import { element } from "../elements";
import { formatCompact, formatCount } from "../formats";
import { texts } from "../texts";
import { type Cluster, Clusters } from "./clusters";
import type { Box } from "./geometry";
import type { Landmark } from "./names";
import type { Outlines } from "./outlines";

interface Standing {
  readonly marker: L.Marker;
  readonly landmark: Landmark;
}

export interface PinActions {
  /** One place, or several that no zoom can tell apart. */
  choose(places: readonly number[]): void;
  hover(places: readonly number[]): void;
}

/** From here on places that still share a marker share a spot. */
export const DEEPEST = 13;
const SMALLEST = 20;
/** Pixels across of a quiet mark. */
const QUIET = 12;
const LARGEST = 40;
const HALO = 4;
const DOUBTFUL = 50;
const SURE = 80;
const NAMES_IN_TIP = 3;

export class Pins extends L.Layer {
  private readonly group = L.layerGroup();
  /** The markers that stand, by what they stand for: those that stay in view stay as they are. */
  private standing = new Map<string, Standing>();
  private clusters = new Map<number, Clusters>();
  /** Of places that have quiet mentions alone: they are in no other cluster, and not counted. */
  private quiet = new Map<number, Clusters>();
  private selection: Selection | null = null;
  private chosen: number | null = null;

  constructor(
    private readonly corpus: Corpus,
    private readonly outlines: Outlines,
    private readonly actions: PinActions,
  ) {
    super();
  }

  override onAdd(map: L.Map): this {
    this.group.addTo(map);
    return this;
  }

  override onRemove(): this {
    this.clear();
    this.group.remove();
    return this;
  }

  show(selection: Selection): void {
    this.selection = selection;
    this.clusters.clear();
    this.quiet.clear();
    this.clear();
  }

  choose(place: number | null): void {
    this.chosen = place;
    this.clear();
  }

  /** Put the markers of a box of the unit square where they belong; the largest first. */
  draw(map: L.Map, box: Box): Landmark[] {
    const zoom = Math.max(0, Math.round(map.getZoom()));
    const before = this.standing;
    this.standing = new Map();
    for (const cluster of this.gather(zoom).find(box)) {
      const key = `${zoom} ${cluster.number}`;
      this.standing.set(key, before.get(key) ?? (cluster.size > 1 ? this.addCluster(cluster, map, zoom) : this.addPlace(cluster.place)));
    }
    for (const cluster of this.gatherQuiet(zoom).find(box)) {
      const key = `quiet ${zoom} ${cluster.number}`;
      this.standing.set(key, before.get(key) ?? (cluster.size > 1 ? this.addQuiet(cluster, map, zoom) : this.addPlace(cluster.place)));
    }
    this.addChosen(before, zoom);
    for (const [key, { marker }] of before) if (!this.standing.has(key)) this.group.removeLayer(marker);
    return [...this.standing.values()].map(({ landmark }) => landmark);
  }

  private gather(zoom: number): Clusters {
    return this.findClusters(this.clusters, zoom, (place, { placeCounts }) => placeCounts[place]! > 0 && !this.outlines.isArea(place, zoom));
  }

  private gatherQuiet(zoom: number): Clusters {
    return this.findClusters(this.quiet, zoom, (place, selection) => selection.isQuiet(place));
  }

  private findClusters(known: Map<number, Clusters>, zoom: number, isWanted: (place: number, selection: Selection) => boolean): Clusters {
    let clusters = known.get(zoom);
    if (clusters === undefined) {
      const { selection, corpus } = this;
      const rows = selection?.places.filter((place) => isWanted(place, selection)) ?? [];
      const { longitude, latitude } = corpus.places;
      clusters = new Clusters({ rows, longitude, latitude, mentions: selection?.placeCounts ?? [], confidence: selection?.placeConfidence ?? [] }, zoom);
      known.set(zoom, clusters);
    }
    return clusters;
  }

  private clear(): void {
    this.group.clearLayers();
    this.standing.clear();
  }

  private addCluster(cluster: Cluster, map: L.Map, zoom: number): Standing {
    const { longitude, latitude } = this.corpus.places;
    const point: [number, number] = [latitude[cluster.place]!, longitude[cluster.place]!];
    const size = findDiameter(cluster.mentions) + 4;
    const gathered = this.gather(zoom);
    const members = (): number[] => gathered.members(cluster);
    const title = (): string => `${texts.places(cluster.size, formatCount(cluster.size))}, ${countMentions(cluster.mentions)}: ${this.nameSome(members())}`;
    const classes = `is-cluster${cluster.confidence < DOUBTFUL ? " is-doubtful" : ""}`;
    const marker = this.pin(point, size, classes, cluster.mentions, title, members);
    marker.on("click", () => this.open(members(), map));
    const landmark = { place: cluster.place, name: "", longitude: point[1], latitude: point[0], radius: size / 2 + HALO };
    return { marker, landmark: { ...landmark, mentions: cluster.mentions, isArea: false } };
  }

  /** A small ring: these places are named, and nothing need be or happen there. */
  private addQuiet(cluster: Cluster, map: L.Map, zoom: number): Standing {
    const { longitude, latitude } = this.corpus.places;
    const point: [number, number] = [latitude[cluster.place]!, longitude[cluster.place]!];
    const members = (): number[] => this.gatherQuiet(zoom).members(cluster);
    const marker = this.pin(point, QUIET, "is-quiet", 0, () => `${this.nameSome(members())}, ${texts.notes.associative}`, members);
    marker.on("click", () => this.open(members(), map));
    return { marker, landmark: { place: cluster.place, name: "", longitude: point[1], latitude: point[0], radius: QUIET / 2, mentions: 0, isArea: false } };
  }

  /** The first names of places. */
  private nameSome(places: readonly number[]): string {
    const names = places.slice(0, NAMES_IN_TIP).map((place) => this.corpus.places.name[place]!);
    return [...names, ...(places.length > NAMES_IN_TIP ? ["…"] : [])].join(", ");
  }

  private addPlace(place: number): Standing {
    const { places } = this.corpus;
    const point: [number, number] = [places.latitude[place]!, places.longitude[place]!];
    const isQuiet = this.selection?.isQuiet(place) === true;
    const mentions = isQuiet ? 0 : this.selection?.placeCounts[place] || places.mentions(place).length;
    const size = isQuiet ? QUIET : findDiameter(mentions);
    const name = places.name[place]!;
    const title = (): string => `${name}, ${isQuiet ? texts.notes.associative : countMentions(mentions)}`;
    const marker = this.pin(point, size, this.classesOf(place), mentions, title, () => [place]);
    marker.on("click", () => this.actions.choose([place]));
    marker.getElement()?.setAttribute("data-place", places.id[place]!);
    const written = isQuiet && place !== this.chosen ? "" : name;
    return { marker, landmark: { place, name: written, longitude: point[1], latitude: point[0], radius: size / 2 + 1, mentions, isArea: false } };
  }

  /** The chosen place stands out even where it is part of a cluster, or where the filters hide it. */
  private addChosen(before: ReadonlyMap<string, Standing>, zoom: number): void {
    const place = this.chosen;
    if (place === null || this.outlines.isArea(place, zoom)) return;
    if ([...this.standing.values()].some(({ landmark }) => landmark.place === place && landmark.name !== "")) return;
    const key = `chosen ${place}`;
    this.standing.set(key, before.get(key) ?? this.addPlace(place));
  }

  private pin(point: [number, number], size: number, classes: string, mentions: number, title: () => string, places: () => readonly number[]): L.Marker {
    const html = mentions > 0 ? element("span", { class: "geomap-count" }, formatCompact(mentions)) : element("span", {});
    const icon = L.divIcon({ className: `geomap-marker ${classes}`, iconSize: [size, size], html });
    const zIndexOffset = classes.includes("is-chosen") ? 10_000 : mentions > 0 ? Math.round(mentions) : -9_000; // quiet marks lie below all others
    // keyboard users reach places through the list: hundreds of tab stops on a map help nobody
    const marker = L.marker(point, { icon, keyboard: false, zIndexOffset, riseOnHover: true, bubblingMouseEvents: false });
    marker.on("mouseover", () => this.actions.hover(places())).on("mouseout", () => this.actions.hover([]));
    // most markers are never pointed at
    marker.once("mouseover", () => marker.bindTooltip(element("span", {}, title()), { direction: "top", offset: [0, -size / 2], className: "geomap-tip" }).openTooltip());
    return marker.addTo(this.group);
  }

  private classesOf(place: number): string {
    const { places } = this.corpus;
    const confidence = this.selection?.placeConfidence[place] ?? 100;
    if (this.selection?.isQuiet(place)) return place === this.chosen ? "is-quiet is-chosen" : "is-quiet";
    const isShown = (this.selection?.placeCounts[place] ?? 0) > 0;
    const classes = ["is-place"];
    if (places.isArea[place] === 1) classes.push("is-area");
    if (confidence < DOUBTFUL && isShown) classes.push("is-doubtful");
    else if (confidence < SURE && isShown) classes.push("is-unsure");
    if (places.anchor(place) !== null) classes.push("is-displaced");
    if (places.isApproximate[place] === 1) classes.push("is-approximate");
    if (isShown && this.selection?.isCorrected(place)) classes.push("is-corrected");
    if (place === this.chosen) classes.push("is-chosen");
    return classes.join(" ");
  }

  private open(members: readonly number[], map: L.Map): void {
    const { longitude, latitude } = this.corpus.places;
    const bounds = L.latLngBounds(members.map((place) => L.latLng(latitude[place]!, longitude[place]!)));
    const deepest = Math.min(DEEPEST, map.getMaxZoom());
    const [first, last] = [map.project(bounds.getSouthWest(), deepest), map.project(bounds.getNorthEast(), deepest)];
    if (first.distanceTo(last) < LARGEST || map.getZoom() >= deepest) this.actions.choose(members);
    else map.fitBounds(bounds.pad(0.1), { maxZoom: deepest, padding: [50, 50] });
  }
}

function countMentions(count: number): string {
  return texts.mentions(count, formatCount(count));
}

function findDiameter(mentions: number): number {
  return Math.round(Math.min(LARGEST, SMALLEST + 4.4 * Math.log2(Math.max(mentions, 1)) ** 0.85));
}
