// Printing: the map gets the size of the paper before the browser takes its picture.
import type * as L from "leaflet";

const CLASS = "is-printing";

/** `restyle` draws the map anew, in the light colours that paper takes. */
export function preparePrinting(map: L.Map, restyle: () => void): void {
  const { classList } = document.documentElement;
  let before: { center: L.LatLng; zoom: number } | null = null;
  addEventListener("beforeprint", () => {
    before = { center: map.getCenter(), zoom: map.getZoom() };
    const bounds = map.getBounds();
    classList.add(CLASS);
    map.invalidateSize({ animate: false, pan: false });
    map.fitBounds(bounds, { animate: false });
    restyle();
  });
  addEventListener("afterprint", () => {
    classList.remove(CLASS);
    map.invalidateSize({ animate: false, pan: false });
    if (before) map.setView(before.center, before.zoom, { animate: false });
    before = null;
    restyle();
  });
}
