// What a popup shows in someone's own folium map.
import type { Corpus } from "../data/corpus";
import type { Selection } from "../data/selection";
import { element } from "../elements";
import { makePlaceDetails } from "./place";

const PAGE = 10;

export function makePopup(corpus: Corpus, selection: Selection, places: Iterable<number>): HTMLElement {
  return element("div", { class: "geomap-popup" }, ...Array.from(places, (place) => makePlaceDetails(corpus, selection, place, null, PAGE)));
}
