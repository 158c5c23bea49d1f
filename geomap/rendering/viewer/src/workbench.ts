// The whole page around the map: what the reader chooses goes into the store, and the parts follow it.
import * as L from "leaflet";
import type { Correction } from "./corrections/correction";
import { CorrectionDesk } from "./corrections/desk";
import { LiveCorpus } from "./corrections/live";
import { makeSubject } from "./corrections/options";
import { Picker } from "./corrections/picker";
import { readBlock } from "./data/block";
import type { Corpus } from "./data/corpus";
import { openCorpus } from "./data/open";
import { type Selection, Selector } from "./data/selection";
import { citeExcerpt } from "./export/cite";
import { copyText } from "./export/save";
import { countryName } from "./formats";
import { HashFormat } from "./hash/format";
import { History } from "./hash/history";
import { afterFrame } from "./idle";
import { type Details, makeAtlas, type World } from "./layers/atlas";
import { Layers } from "./layers/layers";
import { Navigation } from "./navigation";
import type { CardActions } from "./panels/card";
import { Dock } from "./frame/dock";
import { Frame, type FrameActions } from "./frame/frame";
import { followLinks } from "./panels/links";
import { Lists } from "./panels/lists";
import { Explainer } from "./panels/why";
import { preparePrinting } from "./print";
import { type MapView, type State, Store } from "./state";
import { texts } from "./texts";

/** Where the page keeps the base map, and what is added to it where one zooms in. */
const ATLAS = "geomap_atlas";
const ATLAS_DETAILS = "geomap_details";
const SUGGESTIONS = 5;
const WORLD: MapView = { latitude: 20, longitude: 10, zoom: 2 };

export async function openWorkbench(map: L.Map, blockId: string): Promise<Corpus> {
  const [base, world] = await Promise.all([openCorpus(blockId), readBlock(ATLAS)]);
  const corpus = new LiveCorpus(base);
  const atlas = makeAtlas(world as World, () => readBlock(ATLAS_DETAILS) as Promise<Details>);
  await new Workbench(map, corpus, new Layers(corpus, { atlas })).start();
  return corpus;
}

class Workbench {
  private readonly store = new Store();
  private readonly desk: CorrectionDesk;
  private readonly history: History;
  private readonly selector: Selector;
  private readonly lists: Lists;
  private readonly dock: Dock;
  private readonly explainer: Explainer;
  private readonly frame: Frame;
  private readonly navigation: Navigation;
  private readonly picker: Picker;
  private selection: Selection;

  constructor(
    private readonly map: L.Map,
    private readonly corpus: LiveCorpus,
    private readonly layers: Layers,
  ) {
    this.desk = this.makeDesk(); // first: it corrects what the others read
    this.history = new History(this.store, new HashFormat(corpus));
    this.store.change(this.history.read());
    this.selector = new Selector(corpus, { countryName });
    this.selection = this.selector.select(this.store.state.filter);
    this.explainer = new Explainer(corpus, (mention) => this.navigation.showAlternatives(mention));
    this.lists = new Lists(corpus, {
      changeTab: (tab) => this.store.change({ tab }),
      hover: (places) => this.navigation.highlight(places),
      placesInView: () => layers.placesInView(),
      card: () => this.makeCardActions(),
    });
    this.dock = new Dock(corpus, {
      open: (report) => this.store.change({ report }),
      openPlace: (place) => this.store.change({ report: null, chosen: [place] }),
      close: () => this.store.change({ report: null, chosen: [] }),
      back: () => this.store.change({ report: null }),
      card: () => this.makeCardActions(),
      correct: (subjects, room, button) => this.desk.toggle(subjects, room, button),
    });
    this.frame = new Frame(corpus, this.makeFrameActions(), { map: map.getContainer(), lists: this.lists, dock: this.dock, corrections: this.desk.bar.root, tiles: layers.tiles });
    this.navigation = this.makeNavigation();
    this.picker = new Picker(map, layers, (isPicking) => this.frame.makeRoom(isPicking));
  }

  async start(): Promise<void> {
    const { map, layers, navigation } = this;
    const first = this.store.state;
    const isAnyChosen = first.report !== null || first.chosen.length > 0;
    navigation.fit();
    navigation.setView(first.view ?? WORLD);
    layers.show(this.selection);
    if (first.view === null) layers.home({ map });
    this.frame.show(this.selection);
    await layers.prepare(map, { isGoingOn: isAnyChosen });
    layers.addTo(map);
    L.control.scale({ position: "bottomleft", imperial: false }).addTo(map);
    this.listen();
    if (isAnyChosen) navigation.showFirst(first);
    navigation.rememberView();
    this.history.start(); // first, so that a choice is a step back before the map moves because of it
    this.store.follow((state, before) => this.follow(state, before));
    layers.drawAtOnce();
    afterFrame(() => this.finish());
  }

  /** The map is there: fill what stands beside it. */
  private finish(): void {
    this.showLists();
    this.selector.prepare();
    this.desk.start();
    requestAnimationFrame(() => (this.frame.root.dataset["ready"] = "true")); // when all is drawn
  }

  private listen(): void {
    const { layers, navigation } = this;
    navigation.start();
    layers.on("placeClick", ({ places }) => this.picker.take(places) || navigation.choose(places));
    layers.on("alternativeClick", ({ alternative }) => {
      this.explainer.pointAt(alternative);
      this.desk.pointAt(alternative);
    });
    layers.on("hover", ({ places }) => {
      this.lists.hover(places);
      this.dock.hover(places);
    });
    layers.on("emptyClick", () => this.store.state.report === null && this.store.change({ chosen: [] }));
    this.corpus.onTextsLoaded(() => this.store.state.filter.query !== "" && this.refresh());
    followLinks(this.frame.root, { place: (place, isInText) => navigation.goTo(place, isInText), report: (report) => navigation.open(report) });
    document.addEventListener("keydown", (event) => this.answerKey(event));
    preparePrinting(this.map, () => layers.restyle());
  }

  private follow(state: State, before: State): void {
    if (state.filter !== before.filter) this.refresh();
    const isOtherChoice = state.report !== before.report || state.chosen.join() !== before.chosen.join();
    if (isOtherChoice) this.closeForms();
    this.navigation.follow(state, before);
    if (isOtherChoice || state.tab !== before.tab) this.lists.follow(state);
  }

  private refresh(): void {
    const { state } = this.store;
    this.closeForms();
    this.selection = this.selector.select(state.filter);
    this.layers.show(this.selection);
    this.showSelection();
    if (state.chosen.length > 0 || state.report !== null) this.dock.show(state, this.selection, true);
  }

  private showSelection(): void {
    this.frame.show(this.selection);
    this.showLists();
  }

  private showLists(): void {
    this.lists.show(this.selection);
    this.lists.follow(this.store.state);
  }

  /** The data themselves have changed, not only what is shown of them. */
  private refreshData(): void {
    this.selector.renew();
    this.refresh();
    this.navigation.redrawReport();
  }

  /** Stay at a place as long as anything names it, else go where the name went. */
  private followCorrection({ target }: Correction): void {
    const { chosen, report } = this.store.state;
    const { places } = this.corpus;
    const isLeft = chosen.length > 0 && chosen.every((place) => places.mentions(place).length === 0);
    if (isLeft && report === null) {
      const place = target && this.corpus.findPlace(target);
      this.store.change({ chosen: place === null ? [] : [place] });
    }
    if (document.activeElement === document.body) this.dock.focus() || this.lists.focus();
  }

  private closeForms(): void {
    this.picker.stop();
    this.desk.close();
    this.explainer.close();
  }

  private makeDesk(): CorrectionDesk {
    return new CorrectionDesk(this.corpus, {
      suggest: (text, limit) => this.selector.suggest(text, limit),
      pick: (name) => this.picker.pick(name),
      showOthers: (mention) => this.navigation.showAlternatives(mention),
      refresh: () => this.refreshData(),
      follow: (correction) => this.followCorrection(correction),
      say: (text) => this.frame.say(text),
    });
  }

  private makeNavigation(): Navigation {
    const { corpus, dock, history, layers, map, store } = this;
    return new Navigation({
      ...{ corpus, dock, history, layers, map, store },
      selection: () => this.selection,
      closeDrawer: () => this.frame.drawer.open(false),
      moved: () => this.lists.followMap(),
    });
  }

  private makeFrameActions(): FrameActions {
    const { layers, map, store } = this;
    return {
      search: {
        search: (query) => query !== store.state.filter.query && store.filter({ query }),
        suggest: (text) => this.selector.suggest(text, SUGGESTIONS),
        choose: (place) => this.navigation.goTo(place),
        leave: () => this.lists.focus(),
      },
      filter: (part) => store.filter(part),
      selection: () => this.selection,
      setTiles: (isOn) => layers.setTiles(isOn),
      zoom: (steps) => map.setZoom(map.getZoom() + steps),
      home: () => layers.home({ animate: true }),
    };
  }

  private makeCardActions(): CardActions {
    return {
      query: this.store.state.filter.query,
      explain: (mention, button, room) => {
        this.desk.close();
        this.explainer.toggle(mention, button, room);
      },
      correct: (mentions, room, button) => {
        this.explainer.close();
        this.desk.toggle(mentions.map((mention) => makeSubject(this.corpus, mention)), room, button);
      },
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
    if (this.picker.isPicking) this.picker.stop();
    else if (this.desk.close(true) || this.explainer.close() || this.frame.closeFilters()) return;
    else if (report !== null) this.store.change({ report: null });
    else if (chosen.length > 0) this.store.change({ chosen: [] });
    else this.frame.drawer.open(false);
  }
}
