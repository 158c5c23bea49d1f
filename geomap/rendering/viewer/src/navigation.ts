// Where the map and the panels go when something is chosen, and how the state follows the map.
import * as L from "leaflet";
import type { Corpus } from "./data/corpus";
import { type Selection, Shown } from "./data/selection";
import { findOutermostZoom } from "./extent";
import type { History } from "./hash/history";
import type { Layers } from "./layers/layers";
import type { Dock } from "./frame/dock";
import type { MapView, State, Store } from "./state";

const CLOSE = 8;
/** Pixels that are left free around what is to be seen. */
const ROOM = 60;

export interface NavigationParts {
  readonly map: L.Map;
  readonly corpus: Corpus;
  readonly layers: Layers;
  readonly store: Store;
  readonly history: History;
  readonly dock: Dock;
  selection(): Selection;
  closeDrawer(): void;
  /** The map shows another part of the world: the lists are to follow it. */
  moved(): void;
}

export class Navigation {
  /** Whether the place that is being chosen is to be gone to. */
  private isGoing = false;
  /** Whether the state follows the map just now, and not the map the state. */
  private isRemembering = false;

  constructor(private readonly parts: NavigationParts) {}

  start(): void {
    const { map, layers } = this.parts;
    new ResizeObserver(() => this.fit()).observe(map.getContainer());
    layers.on("move", () => this.rememberView());
  }

  /** What a link names: the map goes there, unless the link also says where the map is. */
  showFirst({ view, report, chosen }: State): void {
    const { store, layers } = this.parts;
    this.showChosen({ ...store.state, report: null, chosen: [] });
    if (view !== null) this.setView(view);
    else if (report === null && chosen.length === 1) layers.showPlace(chosen[0]!, { move: true });
  }

  /** Bring map and panel to what the state names; true where another place or report is chosen. */
  follow(state: State, before: State): boolean {
    const isRestored = state.view !== before.view && state.view !== null && !this.isRemembering;
    const isOtherChoice = state.report !== before.report || state.chosen.join() !== before.chosen.join();
    if (isOtherChoice) this.showChosen(before, isRestored);
    if (isRestored && state.view !== null) this.setView(state.view);
    return isOtherChoice;
  }

  /** The places under the pointer; without one those of the open report. */
  highlight(places: Iterable<number>): void {
    const pointed = [...places];
    const { report } = this.parts.store.state;
    this.parts.layers.highlight(pointed.length > 0 || report === null ? pointed : this.placesIn(report));
  }

  /** Choose a place from a list or a text: the map goes there, close enough to tell it from its neighbours. */
  goTo(place: number, isInText = false): void {
    const { store, layers, closeDrawer } = this.parts;
    const { chosen, report } = store.state;
    closeDrawer();
    this.isGoing = !isInText;
    if (chosen.length === 1 && chosen[0] === place && (isInText || report === null)) layers.showPlace(place, { move: true });
    else store.change({ chosen: [place], report: isInText ? report : null });
    this.isGoing = false;
  }

  /** Choose what was clicked on the map; a report stays open for the places that it names. */
  choose(places: readonly number[]): void {
    const { report } = this.parts.store.state;
    const isNamed = report !== null && places.length === 1 && this.placesIn(report).has(places[0]!);
    this.parts.store.change({ chosen: places, report: isNamed ? report : null });
  }

  open(report: number): void {
    this.parts.closeDrawer();
    this.parts.store.change({ report });
  }

  /** Draw what else a name may mean, and make sure that it is seen beside the place itself. */
  showAlternatives(mention: number | null): void {
    const { corpus, dock, layers, map } = this.parts;
    layers.showAlternatives(mention);
    if (mention === null) return;
    const { mentions, places } = corpus;
    const place = mentions.place[mention]!;
    const points = mentions.alternatives(mention).map(({ latitude, longitude }) => L.latLng(latitude, longitude));
    if (place >= 0) points.push(L.latLng(places.latitude[place]!, places.longitude[place]!));
    const bounds = L.latLngBounds(points);
    if (points.length < 2 || map.getBounds().pad(-0.2).contains(bounds)) return;
    const { right, bottom } = dock.covered();
    map.fitBounds(bounds, { maxZoom: CLOSE, paddingTopLeft: [ROOM, ROOM], paddingBottomRight: [ROOM + right, ROOM + bottom] });
  }

  fit(): void {
    const { map } = this.parts;
    map.invalidateSize({ animate: false, pan: false });
    map.setMinZoom(findOutermostZoom(map.getSize()));
  }

  setView({ latitude, longitude, zoom }: MapView): void {
    this.parts.map.setView([latitude, longitude], zoom, { animate: false });
  }

  rememberView(): void {
    const { map, moved, store } = this.parts;
    const { lat, lng } = map.getCenter();
    const { view } = store.state;
    const now = { latitude: lat, longitude: lng, zoom: map.getZoom() };
    if (view === null || view.latitude !== lat || view.longitude !== lng || view.zoom !== now.zoom) {
      this.isRemembering = true;
      store.change({ view: now });
      this.isRemembering = false;
    }
    moved();
  }

  /** Draw the links and rings of the open report anew. */
  redrawReport(): void {
    const { report } = this.parts.store.state;
    if (report !== null) this.showReport(report, false);
  }

  private showChosen(before: State, isRestored = false): void {
    const { dock, history, layers, selection, store } = this.parts;
    const { chosen, report } = store.state;
    dock.show(store.state, selection());
    layers.cover({ left: 0, ...dock.covered() });
    layers.showPlace(chosen.length === 1 ? chosen[0]! : null, { move: this.isGoing || history.isWithoutView });
    if (report !== before.report) this.showReport(report, !isRestored);
  }

  private showReport(report: number | null, isMoving: boolean): void {
    const { layers, selection } = this.parts;
    const all = report === null ? [] : [...selection().mentionsIn(report)];
    const counted = all.filter((mention) => selection().mentions[mention] === Shown.Counted);
    const mentions = counted.length > 0 ? counted : all; // where nothing happens anywhere, what is named at least
    layers.showLinks(mentions);
    layers.highlight(this.placesOf(all));
    if (isMoving && mentions.length > 0) layers.fit(this.placesOf(mentions), { animate: true });
  }

  private placesIn(report: number): Set<number> {
    return this.placesOf(this.parts.selection().mentionsIn(report));
  }

  private placesOf(mentions: Iterable<number>): Set<number> {
    return new Set(Array.from(mentions, (mention) => this.parts.corpus.mentions.place[mention]!));
  }
}
