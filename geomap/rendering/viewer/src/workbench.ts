// The whole page around the map: what the reader chooses goes into the store, and the parts follow it.
import * as L from "leaflet";
import { readBlock } from "./data/block";
import { type Dataset, makeDataset, type Place } from "./data/dataset";
import type { Payload } from "./data/payload";
import { type View, Viewer } from "./data/view";
import { countryName } from "./formats";
import { areaZoom, CLOSE_ZOOM, isArea } from "./kinds";
import { makeAtlas } from "./layers/atlas";
import { BaseMap } from "./layers/basemap";
import { Labels } from "./layers/labels";
import { Markers } from "./layers/markers";
import { onThemeChange } from "./layers/theme";
import { findExtent, findOutermostZoom } from "./extent";
import { Details } from "./panels/details";
import { Frame } from "./panels/frame";
import { summarize } from "./panels/summary";
import { Store } from "./state";

const FIRST_ZOOM_AT_MOST = 7;

export async function openWorkbench(map: L.Map, blockId: string, atlasId: string): Promise<Dataset> {
  const [payload, atlas] = await Promise.all([readBlock(blockId), readBlock(atlasId)]);
  const dataset = makeDataset(payload as Payload);
  const workbench = new Workbench(map, dataset);
  workbench.addBaseMap(new BaseMap(makeAtlas(atlas as Parameters<typeof makeAtlas>[0])));
  workbench.start();
  return dataset;
}

class Workbench {
  private readonly store = new Store({ query: "", indirect: false, tab: "places", chosen: [] });
  private readonly viewer: Viewer;
  private readonly frame: Frame;
  private readonly details: Details;
  private readonly labels: Labels;
  private readonly markers: Markers;
  private view: View;

  constructor(
    private readonly map: L.Map,
    private readonly dataset: Dataset,
  ) {
    this.viewer = new Viewer(dataset, countryName);
    this.view = this.viewer.look(this.store.state);
    this.frame = new Frame(map.getContainer(), dataset, this.store, {
      goTo: (number) => this.goTo(number),
      zoom: (steps) => map.setZoom(map.getZoom() + steps),
      home: () => this.goHome(),
    });
    this.details = new Details(dataset, (chosen) => this.store.change({ chosen }));
    this.frame.stage.append(this.details.root);
    this.labels = new Labels(dataset.labels);
    this.markers = new Markers({
      choose: (chosen) => this.store.change({ chosen }),
      placed: (landmarks) => this.labels.surround(landmarks),
    });
  }

  addBaseMap(baseMap: BaseMap): void {
    const pane = this.map.createPane("labels");
    pane.style.zIndex = "450";
    pane.style.pointerEvents = "none";
    this.fit();
    this.goHome();
    this.map.addLayer(baseMap).addLayer(this.labels).addLayer(this.markers);
    onThemeChange(() => {
      baseMap.redraw();
      this.labels.redraw();
    });
  }

  start(): void {
    this.store.follow((state, before) => {
      if (state.query !== before.query || state.indirect !== before.indirect) this.refresh();
      if (state.chosen !== before.chosen) this.showChosen();
    });
    L.control.scale({ position: "bottomleft", imperial: false }).addTo(this.map);
    new ResizeObserver(() => this.fit()).observe(this.map.getContainer());
    this.refresh();
    document.addEventListener("keydown", (event) => this.answerKey(event));
    this.frame.root.dataset["ready"] = "true";
  }

  private fit(): void {
    this.map.invalidateSize({ animate: false, pan: false });
    this.map.setMinZoom(findOutermostZoom(this.map.getSize()));
  }

  private refresh(): void {
    this.view = this.viewer.look(this.store.state);
    this.markers.show(this.view);
    this.frame.show(this.view, summarize(this.dataset, this.view));
    if (this.store.state.chosen.length > 0) this.showChosen();
  }

  private showChosen(): void {
    const { chosen } = this.store.state;
    const shown = chosen.flatMap((number) => this.view.byNumber.get(number) ?? []);
    this.details.show(shown);
    this.frame.mark(chosen);
    this.markers.choose(chosen);
    const [first] = shown;
    if (first) this.keepInSight(L.latLng(first.place.latitude, first.place.longitude));
  }

  /** Choose a place from a list: the map goes there, close enough to tell it from its neighbours. */
  private goTo(number: number): void {
    const shown = this.view.byNumber.get(number);
    if (shown === undefined) return;
    this.store.change({ chosen: [number] });
    const { latitude, longitude } = shown.place;
    const zoom = this.closeZoom(shown.place);
    const middle = this.map.project([latitude, longitude], zoom).add([this.details.coveredWidth() / 2, this.details.coveredHeight() / 2]);
    this.map.setView(this.map.unproject(middle, zoom), zoom, { animate: isMotionWelcome() });
  }

  /** Points are approached but never left behind; areas are shown as a whole. */
  private closeZoom(place: Place): number {
    const { x, y } = this.map.getSize();
    const room = Math.min(x - this.details.coveredWidth(), y - this.details.coveredHeight());
    return isArea(place) ? Math.max(this.map.getMinZoom(), areaZoom(place, room)) : Math.max(this.map.getZoom(), CLOSE_ZOOM);
  }

  private goHome(): void {
    this.map.fitBounds(findExtent(this.view.places), {
      maxZoom: FIRST_ZOOM_AT_MOST,
      paddingTopLeft: [50, 50],
      paddingBottomRight: [50, 50],
      animate: false,
    });
  }

  private keepInSight(point: L.LatLng): void {
    const margin = 60;
    this.map.panInside(point, {
      paddingTopLeft: [margin, margin],
      paddingBottomRight: [margin + this.details.coveredWidth(), margin + this.details.coveredHeight()],
      animate: isMotionWelcome(),
    });
  }

  private answerKey(event: KeyboardEvent): void {
    const isTyping = event.target instanceof HTMLInputElement && event.target.type === "search";
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.frame.focusSearch();
    } else if (event.key === "Escape" && !this.frame.isDialogOpen()) {
      if (this.store.state.chosen.length > 0) this.store.change({ chosen: [] });
      else if (isTyping) this.store.change({ query: "" });
    }
  }
}

function isMotionWelcome(): boolean {
  return !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
