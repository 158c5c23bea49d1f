// The places that a name may mean instead, as hollow markers with their probability.
import * as L from "leaflet";
import { type Corpus, UNRESOLVED } from "../data/corpus";
import { element } from "../elements";
import type { Link, Point } from "./marks";

const SIZE = 30;

export class Alternatives extends L.Layer {
  private readonly group = L.layerGroup();

  constructor(
    private readonly corpus: Corpus,
    private readonly choose: (mention: number, alternative: number) => void,
  ) {
    super();
  }

  override onAdd(map: L.Map): this {
    this.group.addTo(map);
    return this;
  }

  override onRemove(): this {
    this.group.remove();
    return this;
  }

  /** Show the alternatives of a mention and return the lines to them. */
  show(mention: number | null): Link[] {
    this.group.clearLayers();
    if (mention === null) return [];
    const { mentions, places } = this.corpus;
    const others = mentions.alternatives(mention);
    for (const [number, other] of others.entries()) {
      const html = element("span", { class: "geomap-count" }, `${other.confidence}%`);
      const icon = L.divIcon({ className: "geomap-marker is-alternative", iconSize: [SIZE, SIZE], html });
      const marker = L.marker([other.latitude, other.longitude], { icon, keyboard: false, zIndexOffset: 9000, bubblingMouseEvents: false });
      marker.on("click", () => this.choose(mention, number)).addTo(this.group);
      const where = [other.name, other.admin1, other.country].filter(Boolean).join(", ");
      marker.bindTooltip(element("span", {}, where), { direction: "top", offset: [0, -SIZE / 2], className: "geomap-tip" });
    }
    const place = mentions.place[mention]!;
    if (place === UNRESOLVED) return [];
    const from: Point = { longitude: places.longitude[place]!, latitude: places.latitude[place]! };
    return others.map((to) => ({ from, to, times: 1 }));
  }
}
