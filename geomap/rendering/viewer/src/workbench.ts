// The whole page around the map: what the reader chooses goes into the store, and the parts follow it.
import * as L from "leaflet";
import { readBlock } from "./data/block";
import type { Corpus } from "./data/corpus";
import { openCorpus } from "./data/open";
import { type Selection, Selector } from "./data/selection";
import { citeExcerpt } from "./export/cite";
import { copyText } from "./export/save";
import { findOutermostZoom } from "./extent";
import { countryName } from "./formats";
import { HashFormat } from "./hash/format";
import { History } from "./hash/history";
import { makeAtlas } from "./layers/atlas";
import { Layers } from "./layers/layers";
import type { CardActions } from "./panels/card";
import { Dock } from "./panels/dock";
import { Frame } from "./panels/frame";
import { followLinks } from "./panels/links";
import { Lists } from "./panels/lists";
import { Explainer } from "./panels/why";
import { preparePrinting } from "./print";
import { type MapView, type State, Store } from "./state";
import { texts } from "./texts";

const SUGGESTIONS = 5;
const CLOSE = 8;
/** Pixels that are left free around what is to be seen. */
const ROOM = 60;
const WORLD: MapView = { latitude: 20, longitude: 10, zoom: 2 };

export async function openWorkbench(map: L.Map, blockId: string, atlasId: string): Promise<Corpus> {
  const [corpus, atlas] = await Promise.all([openCorpus(blockId), readBlock(atlasId)]);
  const layers = new Layers(corpus, { atlas: makeAtlas(atlas as Parameters<typeof makeAtlas>[0]) });
  new Workbench(map, corpus, layers).start();
  return corpus;
}

class Workbench {
  private readonly store = new Store();
  private readonly history: History;
  private readonly selector: Selector;
  private readonly lists: Lists;
  private readonly dock: Dock;
  private readonly explainer: Explainer;
  private readonly frame: Frame;
  private selection: Selection;
  /** Whether the map was moved by hand since it was moved by a choice: only then do the lists follow it. */
  private isMovedByHand = false;
  /** Whether the place that is being chosen is to be gone to. */
  private isGoing = false;
  /** Whether the state follows the map just now, and not the map the state. */
  private isRemembering = false;

  constructor(
    private readonly map: L.Map,
    private readonly corpus: Corpus,
    private readonly layers: Layers,
  ) {
    this.history = new History(this.store, new HashFormat(corpus));
    this.selector = new Selector(corpus, { countryName });
    this.selection = this.selector.select(this.store.state.filter);
    this.explainer = new Explainer(corpus, (mention) => this.showAlternatives(mention));
    this.lists = new Lists(corpus, {
      changeTab: (tab) => this.store.change({ tab }),
      hover: (places) => this.highlight(places),
      isInView: (place) => layers.isInView(place),
      card: () => this.makeCardActions(),
    });
    this.dock = new Dock(corpus, {
      open: (report) => this.store.change({ report }),
      openPlace: (place) => this.store.change({ report: null, chosen: [place] }),
      close: () => this.store.change({ report: null, chosen: [] }),
      back: () => this.store.change({ report: null }),
      card: () => this.makeCardActions(),
    });
    this.frame = new Frame(
      corpus,
      {
        search: {
          search: (query) => query !== this.store.state.filter.query && this.store.filter({ query }),
          suggest: (text) => this.selector.suggest(text, SUGGESTIONS),
          choose: (place) => this.goTo(place),
          leave: () => this.lists.focus(),
        },
        filter: (part) => this.store.filter(part),
        selection: () => this.selection,
        setTiles: (isOn) => layers.setTiles(isOn),
        zoom: (steps) => map.setZoom(map.getZoom() + steps),
        home: () => layers.home({ animate: true }),
      },
      { map: map.getContainer(), lists: this.lists, dock: this.dock, tiles: layers.tiles },
    );
  }

  start(): void {
    const first = this.history.read();
    this.store.change(first);
    this.fit();
    this.setView(first.view ?? WORLD);
    this.selection = this.selector.select(first.filter);
    this.layers.show(this.selection);
    this.layers.addTo(this.map);
    if (first.view === null) this.layers.home();
    L.control.scale({ position: "bottomleft", imperial: false }).addTo(this.map);
    this.listen();
    this.showSelection();
    if (first.report !== null || first.chosen.length > 0) this.showFirstChoice(first);
    this.rememberView();
    this.history.start(); // first, so that a choice is a step back before the map moves because of it
    this.store.follow((state, before) => this.follow(state, before));
    this.selector.prepare();
    requestAnimationFrame(() => (this.frame.root.dataset["ready"] = "true")); // when all is drawn
  }

  /** What a link names: the map goes there, unless the link also says where the map is. */
  private showFirstChoice({ view, report, chosen }: State): void {
    this.showChosen({ ...this.store.state, report: null, chosen: [] });
    if (view !== null) this.setView(view);
    else if (report === null && chosen.length === 1) this.layers.showPlace(chosen[0]!, { move: true });
    this.lists.follow(this.store.state);
  }

  private listen(): void {
    const { layers, map } = this;
    new ResizeObserver(() => this.fit()).observe(map.getContainer());
    layers.on("placeClick", ({ places }) => this.choose(places));
    layers.on("alternativeClick", ({ alternative }) => this.explainer.pointAt(alternative));
    layers.on("hover", ({ places }) => {
      this.lists.hover(places);
      this.dock.hover(places);
    });
    layers.on("move", () => this.rememberView());
    layers.on("emptyClick", () => this.store.state.report === null && this.store.change({ chosen: [] }));
    for (const name of ["pointerdown", "wheel", "keydown"]) map.getContainer().addEventListener(name, () => (this.isMovedByHand = true), { passive: true });
    this.corpus.onTextsLoaded(() => this.store.state.filter.query !== "" && this.refresh());
    followLinks(this.frame.root, { place: (place, isInText) => this.goTo(place, isInText), report: (report) => this.open(report) });
    document.addEventListener("keydown", (event) => this.answerKey(event));
    preparePrinting(map, () => layers.restyle());
  }

  private follow(state: State, before: State): void {
    const isRestored = state.view !== before.view && state.view !== null && !this.isRemembering;
    if (state.filter !== before.filter) this.refresh();
    const isOtherChoice = state.report !== before.report || state.chosen.join() !== before.chosen.join();
    if (isOtherChoice) this.showChosen(before, isRestored);
    if (isRestored && state.view !== null) this.setView(state.view);
    if (isOtherChoice || state.tab !== before.tab) this.lists.follow(state);
  }

  private refresh(): void {
    const { state } = this.store;
    this.explainer.close();
    this.selection = this.selector.select(state.filter);
    this.layers.show(this.selection);
    this.showSelection();
    if (state.chosen.length > 0 || state.report !== null) this.dock.show(state, this.selection, true);
  }

  private showSelection(): void {
    this.frame.show(this.selection);
    this.lists.show(this.selection);
    this.lists.follow(this.store.state);
  }

  private showChosen(before: State, isRestored = false): void {
    const { state } = this.store;
    const { chosen, report } = state;
    this.explainer.close();
    this.dock.show(state, this.selection);
    this.layers.cover({ left: 0, ...this.dock.covered() });
    this.layers.showPlace(chosen.length === 1 ? chosen[0]! : null, { move: this.isGoing || this.history.isWithoutView });
    if (report !== before.report) this.showReport(report, !isRestored);
  }

  private showReport(report: number | null, isMoving: boolean): void {
    const mentions = report === null ? [] : this.selection.mentionsIn(report);
    const places = report === null ? new Set<number>() : this.placesIn(report);
    this.layers.showLinks(mentions);
    this.layers.highlight(places);
    this.isMovedByHand = false;
    if (isMoving && places.size > 0) this.layers.fit(places, { animate: true });
  }

  /** The places under the pointer; without one those of the open report. */
  private highlight(places: Iterable<number>): void {
    const pointed = [...places];
    const { report } = this.store.state;
    this.layers.highlight(pointed.length > 0 || report === null ? pointed : this.placesIn(report));
  }

  /** Choose a place from a list or a text: the map goes there, close enough to tell it from its neighbours. */
  private goTo(place: number, isInText = false): void {
    const { chosen, report } = this.store.state;
    this.isMovedByHand = false;
    this.frame.drawer.open(false);
    this.isGoing = !isInText;
    if (chosen.length === 1 && chosen[0] === place && (isInText || report === null)) this.layers.showPlace(place, { move: true });
    else this.store.change({ chosen: [place], report: isInText ? report : null });
    this.isGoing = false;
  }

  /** Choose what was clicked on the map; a report stays open for the places that it names. */
  private choose(places: readonly number[]): void {
    const { report } = this.store.state;
    this.isMovedByHand = false;
    const isNamed = report !== null && places.length === 1 && this.placesIn(report).has(places[0]!);
    this.store.change({ chosen: places, report: isNamed ? report : null });
  }

  private placesIn(report: number): Set<number> {
    return new Set(Array.from(this.selection.mentionsIn(report), (mention) => this.corpus.mentions.place[mention]!));
  }

  private open(report: number): void {
    this.frame.drawer.open(false);
    this.store.change({ report });
  }

  /** Draw what else a name may mean, and make sure that it is seen beside the place itself. */
  private showAlternatives(mention: number | null): void {
    this.layers.showAlternatives(mention);
    if (mention === null) return;
    const { mentions, places } = this.corpus;
    const place = mentions.place[mention]!;
    const others = mentions.alternatives(mention).map(({ latitude, longitude }) => L.latLng(latitude, longitude));
    const bounds = L.latLngBounds([L.latLng(places.latitude[place]!, places.longitude[place]!), ...others]);
    if (this.map.getBounds().pad(-0.2).contains(bounds)) return;
    const { right, bottom } = this.dock.covered();
    this.map.fitBounds(bounds, { maxZoom: CLOSE, paddingTopLeft: [ROOM, ROOM], paddingBottomRight: [ROOM + right, ROOM + bottom] });
  }

  private fit(): void {
    this.map.invalidateSize({ animate: false, pan: false });
    this.map.setMinZoom(findOutermostZoom(this.map.getSize()));
  }

  private setView({ latitude, longitude, zoom }: MapView): void {
    this.map.setView([latitude, longitude], zoom, { animate: false });
  }

  private rememberView(): void {
    const { lat, lng } = this.map.getCenter();
    const { view } = this.store.state;
    const now = { latitude: lat, longitude: lng, zoom: this.map.getZoom() };
    if (view === null || view.latitude !== lat || view.longitude !== lng || view.zoom !== now.zoom) {
      this.isRemembering = true;
      this.store.change({ view: now });
      this.isRemembering = false;
    }
    if (!this.isMovedByHand) return;
    this.isMovedByHand = false;
    this.lists.show(this.selection);
    this.lists.follow(this.store.state);
  }

  private makeCardActions(): CardActions {
    return {
      query: this.store.state.filter.query,
      explain: (mention, button, room) => this.explainer.toggle(mention, button, room),
      cite: (excerpt) => void copyText(citeExcerpt(this.corpus, excerpt)).then((isCopied) => this.frame.say(isCopied ? texts.copied : texts.notCopied)),
    };
  }

  private answerKey(event: KeyboardEvent): void {
    const isTyping = event.target instanceof HTMLInputElement && ["search", "text"].includes(event.target.type);
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey && !this.frame.isDialogOpen()) {
      event.preventDefault();
      this.frame.search.focus();
    } else if (event.key === "Escape" && !this.frame.isDialogOpen()) this.goBack();
  }

  /** Close what was opened last. */
  private goBack(): void {
    const { report, chosen } = this.store.state;
    if (this.explainer.close() || this.frame.closeFilters()) return;
    if (report !== null) this.store.change({ report: null });
    else if (chosen.length > 0) this.store.change({ chosen: [] });
    else this.frame.drawer.open(false);
  }
}
