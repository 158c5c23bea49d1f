// The report layer in anyone's folium map: markers, and excerpts in popups.
import * as L from "leaflet";
import { readBlock } from "./data/block";
import { type Dataset, makeDataset } from "./data/dataset";
import type { Payload } from "./data/payload";
import { type View, Viewer } from "./data/view";
import { element } from "./elements";
import { countryName } from "./formats";
import { Markers } from "./layers/markers";
import { makePlaceDetails } from "./panels/place";

const PAGE = 10;

/** Draw a block's reports in a map, or in a group of layers that may be switched on and off. */
export async function addReportLayer(parent: L.Map | L.LayerGroup, blockId: string): Promise<Dataset> {
  const dataset = makeDataset((await readBlock(blockId)) as Payload);
  const view = new Viewer(dataset, countryName).look({ query: "", indirect: true });
  const choose = (numbers: readonly number[], map: L.Map): void => openPopup(map, dataset, view, numbers);
  const markers = new Markers({ choose, placed: () => undefined });
  markers.addTo(parent).show(view);
  return dataset;
}

function openPopup(map: L.Map, dataset: Dataset, view: View, numbers: readonly number[]): void {
  const shown = numbers.flatMap((number) => view.byNumber.get(number) ?? []);
  const [first] = shown;
  if (first === undefined) return;
  const content = element("div", { class: "geomap-popup" }, ...shown.map((one) => makePlaceDetails(one, dataset, PAGE)));
  L.popup({ maxWidth: 380, minWidth: 260, maxHeight: 360, className: "geomap" })
    .setLatLng([first.place.latitude, first.place.longitude])
    .setContent(content)
    .openOn(map);
}
