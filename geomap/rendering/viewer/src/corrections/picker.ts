// A click on the map instead of a search: the next one is taken for the answer.
import * as L from "leaflet";
import { element } from "../elements";
import { isolate } from "../formats";
import type { Layers } from "../layers/layers";
import { texts } from "../texts";

export type Picked = number | { readonly latitude: number; readonly longitude: number };

const SIZE = 22;

export class Picker {
  private readonly words = element("span", {});
  private readonly cancel = element("button", { type: "button", class: "geomap-secondary", on: { click: () => this.finish(null) } }, texts.correcting.stopPicking);
  private readonly banner = element("div", { class: "geomap-picking", role: "status", hidden: true }, this.words, this.cancel);
  private marker: L.Marker | null = null;
  private answer: ((picked: Picked | null) => void) | null = null;

  /** `told` hears when picking begins and ends. */
  constructor(
    private readonly map: L.Map,
    private readonly layers: Layers,
    private readonly told: (isPicking: boolean) => void,
  ) {
    map.getContainer().parentElement?.append(this.banner);
    layers.on("pointClick", ({ latitude, longitude }) => this.finish({ latitude: round(latitude), longitude: round(wrap(longitude)) }));
  }

  get isPicking(): boolean {
    return this.answer !== null;
  }

  /** Resolves with the place or point that was clicked, or null where the reader thinks better of it. */
  pick(name: string): Promise<Picked | null> {
    this.finish(null);
    this.words.textContent = texts.correcting.pickNow(isolate(name));
    this.set(true);
    this.cancel.focus({ preventScroll: true });
    return new Promise((resolve) => (this.answer = resolve));
  }

  /** Take a place for the answer; false where nobody asked. */
  take(places: readonly number[]): boolean {
    if (!this.isPicking) return false;
    if (places[0] !== undefined) this.finish(places[0]);
    return true;
  }

  /** End without an answer; false where nobody asked. */
  stop(): boolean {
    const wasPicking = this.isPicking;
    this.finish(null);
    this.clear();
    return wasPicking;
  }

  private finish(picked: Picked | null): void {
    const { answer } = this;
    this.answer = null;
    if (answer === null) return;
    this.clear();
    this.set(false);
    if (picked !== null && typeof picked !== "number") this.mark(picked);
    answer(picked);
  }

  private set(isPicking: boolean): void {
    this.banner.hidden = !isPicking;
    this.layers.askForPoint(isPicking);
    this.told(isPicking);
  }

  private mark({ latitude, longitude }: { latitude: number; longitude: number }): void {
    const icon = L.divIcon({ className: "geomap-marker is-alternative is-picked", iconSize: [SIZE, SIZE] });
    this.marker = L.marker([latitude, longitude], { icon, keyboard: false, interactive: false, zIndexOffset: 9500 }).addTo(this.map);
  }

  private clear(): void {
    this.marker?.remove();
    this.marker = null;
  }
}

function wrap(longitude: number): number {
  return ((((longitude + 180) % 360) + 360) % 360) - 180;
}

function round(degrees: number): number {
  return Number(degrees.toFixed(5));
}
