// All that is drawn on the map, behind one front: the panels say what to show and hear what was pointed at.
import * as L from "leaflet";
import type { Corpus } from "../data/corpus";
import type { TileServer } from "../data/payload";
import type { Selection } from "../data/selection";
import { afterOpening } from "../idle";
import type { Atlas } from "./atlas";
import { DETAILS_FROM_ZOOM } from "./basemap";
import { Body, type Events } from "./body";
import { findLinks } from "./links";
import { type Cover, Moves } from "./moves";
import { Outlines } from "./outlines";
import { Tiles } from "./tiles";

export interface LayersOptions {
  /** The offline base map; without it only the layers of the reports are drawn. */
  readonly atlas?: Atlas;
}

type Listener<Name extends keyof Events> = (event: Events[Name]) => void;

export class Layers {
  /** The online base map that may be switched on, null where none is configured. */
  readonly tiles: TileServer | null;
  private readonly listeners: { [Name in keyof Events]?: Listener<Name>[] } = {};
  private readonly outlines: Outlines;
  private readonly body: Body;
  private readonly moves: Moves;
  private selection: Selection | null = null;
  private online: Tiles | null = null;

  constructor(
    readonly corpus: Corpus,
    options: LayersOptions = {},
  ) {
    this.tiles = corpus.tiles;
    this.outlines = new Outlines(corpus, options.atlas ?? null);
    this.moves = new Moves(corpus, this.outlines);
    this.body = new Body(corpus, this.outlines, options.atlas ?? null, (name, event) => this.tell(name, event));
  }

  /** The map in which the layers are now. */
  get map(): L.Map | null {
    return this.body.map;
  }

  addTo(parent: L.Map | L.LayerGroup): this {
    parent.addLayer(this.body);
    return this;
  }

  on<Name extends keyof Events>(name: Name, listener: Listener<Name>): this {
    ((this.listeners[name] ??= []) as Listener<Name>[]).push(listener);
    return this;
  }

  /** Draw these mentions' places and no others. */
  show(selection: Selection): void {
    this.selection = selection;
    this.body.show(selection);
  }

  /** Choose a place: it stands out, with its outline or what it was measured from; `move` goes there. */
  showPlace(place: number | null, { move = false }: { move?: boolean } = {}): void {
    this.body.choose(place);
    if (place === null) return;
    this.withMap((map) => (move ? this.moves.goTo(map, place, isMotionWelcome()) : this.moves.keepInSight(map, place, isMotionWelcome())));
  }

  /** Point out places for as long as the pointer is on them in a list. */
  highlight(places: Iterable<number>): void {
    this.body.marks.highlighted = [...places];
    this.body.marks.redraw();
  }

  /** Draw lines between places that are named one after the other. */
  showLinks(mentions: Iterable<number>): void {
    this.body.marks.links = findLinks(this.corpus, mentions);
    this.body.marks.redraw();
  }

  /** Draw the places that the name may mean instead. */
  showAlternatives(mention: number | null): void {
    this.body.marks.doubts = this.body.alternatives.show(mention);
    this.body.marks.redraw();
  }

  /** Take clicks on the map for points until told otherwise; markers are still places. */
  askForPoint(on: boolean): void {
    this.body.asksForPoint = on;
    this.body.map?.getContainer().classList.toggle("is-asking", on);
  }

  /** Go where the shown mentions are; a map that the layers are not in yet has to be named. */
  home({ animate = false, map = this.body.map }: { animate?: boolean; map?: L.Map | null } = {}): void {
    const { selection } = this;
    const counts = selection?.mentionCount === 0 ? selection.quietCounts : selection?.placeCounts;
    if (map !== null) this.moves.home(map, selection?.places ?? [], counts ?? [], animate && isMotionWelcome());
  }

  /** Go where all these places are seen. */
  fit(places: Iterable<number>, { animate = true }: { animate?: boolean } = {}): void {
    this.withMap((map) => this.moves.fit(map, places, animate && isMotionWelcome()));
  }

  /** Rows of the shown places in view, the most mentioned first. */
  placesInView(): Uint32Array {
    const bounds = this.body.map?.getBounds();
    const { longitude, latitude } = this.corpus.places;
    const shown = this.selection?.places ?? new Uint32Array();
    if (bounds === undefined) return shown;
    const [west, east, south, north] = [bounds.getWest(), bounds.getEast(), bounds.getSouth(), bounds.getNorth()];
    return shown.filter((place) => longitude[place]! >= west && longitude[place]! <= east && latitude[place]! >= south && latitude[place]! <= north);
  }

  /** Say how many pixels of the map lie under panels: moves keep clear of them. */
  cover(cover: Cover): void {
    this.moves.keepClearOf(this.body.map, cover);
  }

  /**
   * Have all lines in their full detail before anything is drawn, or, where the map shows the world and `isGoingOn` is
   * not set, when there is time for it.
   */
  async prepare(map: L.Map, { isGoingOn }: { isGoingOn: boolean }): Promise<void> {
    if (isGoingOn || map.getZoom() >= DETAILS_FROM_ZOOM) await this.body.loadDetails();
    else afterOpening(() => void this.body.loadDetails());
  }

  /** Draw now what would be drawn in the next frame: the page is opening, and there is nothing to wait for. */
  drawAtOnce(): void {
    this.body.drawAtOnce();
  }

  /** Draw anew in the colours of the style sheet. */
  restyle(): void {
    this.body.restyle();
  }

  /** Switch the configured online base map: its server then sees which part of the world is looked at. */
  setTiles(on: boolean): void {
    if (this.tiles === null) return;
    const tiles = (this.online ??= new Tiles(this.tiles));
    this.withMap((map) => {
      tiles.switch(map, on);
      this.body.showBase(!on);
    });
  }

  private withMap(act: (map: L.Map) => void): void {
    if (this.body.map !== null) act(this.body.map);
  }

  private tell<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    for (const listener of (this.listeners[name] ?? []) as Listener<Name>[]) listener(event);
  }
}

function isMotionWelcome(): boolean {
  return !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

