// The report layer in anyone's folium map: markers, and excerpts in popups.
import * as L from "leaflet";
import type { Corpus } from "./data/corpus";
import { openCorpus } from "./data/open";
import { EVERYTHING } from "./data/filter";
import { type Selection, Selector } from "./data/selection";
import { Layers } from "./layers/layers";
import { makePopup } from "./panels/popup";

/** Draw a block's reports in a map, or in a group of layers that may be switched on and off. */
export async function addReportLayer(parent: L.Map | L.LayerGroup, blockId: string): Promise<Corpus> {
  const corpus = await openCorpus(blockId);
  const selection = new Selector(corpus).select({ ...EVERYTHING, demonyms: true });
  const layers = new Layers(corpus).addTo(parent);
  layers.show(selection);
  layers.on("placeClick", ({ places }) => layers.map && openPopup(layers.map, corpus, selection, places));
  return corpus;
}

function openPopup(map: L.Map, corpus: Corpus, selection: Selection, places: readonly number[]): void {
  const [first] = places;
  if (first === undefined) return;
  L.popup({ maxWidth: 380, minWidth: 260, maxHeight: 360, className: "geomap" })
    .setLatLng([corpus.places.latitude[first]!, corpus.places.longitude[first]!])
    .setContent(makePopup(corpus, selection, places))
    .openOn(map);
}
