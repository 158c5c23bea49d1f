// The online base map that a project's owner has configured: nothing is asked of its server until the reader says so.
import * as L from "leaflet";
import type { TileServer } from "../data/payload";

const DEEPEST = 19;

export class Tiles {
  private readonly layer: L.TileLayer;
  private before = DEEPEST;

  constructor(server: TileServer) {
    // who made the tiles is said by the page, as text: Leaflet would take it for markup
    this.layer = L.tileLayer(server.url, { maxZoom: DEEPEST, referrerPolicy: "no-referrer" });
  }

  switch(map: L.Map, on: boolean): void {
    if (on === map.hasLayer(this.layer)) return;
    if (on) {
      this.before = map.getMaxZoom();
      map.addLayer(this.layer).setMaxZoom(DEEPEST);
    } else {
      map.removeLayer(this.layer).setMaxZoom(this.before);
    }
  }
}
