// How to read the map, whose data it shows, and under which licences.
import type { Corpus } from "../data/corpus";
import { element, outsideLink } from "../elements";
import { formatCount } from "../formats";
import { icon } from "../icons";
import { texts } from "../texts";

declare const LICENCES: string;

export function makeAbout(corpus: Corpus, tiles: { readonly host: string; readonly attribution: string } | null): HTMLDialogElement {
  const dialog: HTMLDialogElement = element("dialog", { class: "geomap-about", "aria-label": texts.about });
  const close = element("button", { type: "button", class: "geomap-close", "aria-label": texts.close, on: { click: () => dialog.close() } }, icon("close"));
  const credits = [
    [texts.creditPlaces, "https://www.geonames.org/"],
    [texts.creditLand, "https://www.naturalearthdata.com/"],
    [texts.creditLibrary, "https://leafletjs.com/"],
  ] as const;
  dialog.append(
    close,
    element("h2", {}, texts.about),
    element("p", {}, texts.made(corpus.version, fileDate())),
    element("p", {}, tiles === null ? texts.privacy : texts.privacyWithTiles(tiles.host)),
    element("h3", {}, texts.legend),
    makeLegend(),
    element("h3", {}, texts.shortcutsHeading),
    element("dl", { class: "geomap-keys" }, ...texts.shortcuts.flatMap(([key = "", what = ""]) => [element("dt", {}, element("kbd", {}, key)), element("dd", {}, what)])),
    element("h3", {}, texts.creditsHeading),
    element("ul", {}, ...credits.map(([text, address]) => element("li", {}, outsideLink(address, text))), tiles && element("li", {}, tiles.attribution)),
    element("p", { class: "geomap-borders" }, texts.borders),
    element("details", {}, element("summary", {}, texts.licences), element("pre", { tabindex: "0" }, LICENCES)),
  );
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // a click beside the dialog
  });
  return dialog;
}

/** The file's own date: the page knows it without a clock in the file. */
export function fileDate(): string {
  const modified = new Date(document.lastModified);
  return new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(modified);
}

function makeLegend(): HTMLElement {
  const rows = [
    ["is-place", 7, texts.legendItems.place],
    ["is-place is-unsure", 7, texts.legendItems.unsure],
    ["is-place is-doubtful", 2, texts.legendItems.doubtful],
    ["is-place is-displaced", 1, texts.legendItems.displaced],
    ["is-place is-approximate", 3, texts.legendItems.approximate],
    ["is-place is-corrected", 7, texts.legendItems.corrected],
    ["is-place is-area", 7, texts.legendItems.area],
    ["is-cluster", 21, texts.legendItems.cluster],
    ["is-quiet", null, texts.legendItems.quiet],
  ] as const;
  const items = rows.map(([classes, count, text]) => {
    const sample = element("span", { class: `geomap-marker geomap-sample ${classes}`, "aria-hidden": "true" }, count !== null && element("span", { class: "geomap-count" }, formatCount(count)));
    return element("li", {}, sample, text);
  });
  return element("ul", { class: "geomap-legend" }, ...items);
}
