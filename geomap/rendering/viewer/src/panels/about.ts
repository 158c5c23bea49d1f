// How to read the map, whose data it shows, and under which licences.
import type { Dataset } from "../data/dataset";
import { element, outsideLink } from "../elements";
import { texts } from "../texts";

declare const LICENCES: string;

export function makeAbout(dataset: Dataset): HTMLDialogElement {
  const dialog: HTMLDialogElement = element("dialog", { class: "geomap-about", "aria-label": texts.about });
  const close = element("button", { type: "button", class: "geomap-close", "aria-label": texts.close, on: { click: () => dialog.close() } }, "×");
  dialog.append(
    close,
    element("h2", {}, texts.about),
    element("p", {}, texts.made(dataset.version, fileDate())),
    element("p", {}, texts.privacy),
    element("h3", {}, texts.legend),
    makeLegend(),
    element("p", { class: "geomap-hint" }, texts.keys),
    element("h3", {}, "Credits"),
    element("ul", {}, ...texts.credits.map(([text, address]) => element("li", {}, outsideLink(address, text)))),
    element("p", { class: "geomap-borders" }, texts.borders),
    element("details", {}, element("summary", {}, texts.licences), element("pre", {}, LICENCES)),
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
    ["is-place", "7", texts.legendItems.place],
    ["is-place is-area", "7", texts.legendItems.area],
    ["is-place is-doubtful", "7", texts.legendItems.doubtful],
    ["is-cluster", "21", texts.legendItems.cluster],
  ] as const;
  const items = rows.map(([classes, count, text]) => {
    const sample = element("span", { class: `geomap-marker geomap-sample ${classes}`, "aria-hidden": "true" }, element("span", { class: "geomap-count" }, count));
    return element("li", {}, sample, text);
  });
  return element("ul", { class: "geomap-legend" }, ...items);
}
