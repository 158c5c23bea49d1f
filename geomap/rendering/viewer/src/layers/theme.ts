// The colours of canvases, taken from the style sheet so that light and dark are decided in one place.

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

export function readInk(name: Ink): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--geomap-${name}`).trim();
}

export function onThemeChange(listener: () => void): void {
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", listener);
}
