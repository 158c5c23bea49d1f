// The colours of canvases, taken from the style sheet so that light and dark are decided in one place.
import { onceFor } from "../once";

export type Ink =
  | "sea"
  | "land"
  | "coast"
  | "border"
  | "river"
  | "region"
  | "country-ink"
  | "city-ink"
  | "water-ink"
  | "place-ink"
  | "halo"
  | "accent"
  | "accent-strong"
  | "chosen"
  | "surface";

/** Known colours: to ask the style sheet again would mean to work out the styles of all that has just been added. */
const inks = new Map<Ink, string>();

export const readInk = onceFor(inks, (name) => getComputedStyle(document.documentElement).getPropertyValue(`--geomap-${name}`).trim());

/** Read the colours anew: dark or light, screen or paper. */
export function forgetInks(): void {
  inks.clear();
}

export function onThemeChange(listener: () => void): void {
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", listener);
}
