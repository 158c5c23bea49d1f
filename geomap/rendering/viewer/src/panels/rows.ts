// Rows of the lists: buttons, so that they can be reached and pressed by key.
import type { Corpus } from "../data/corpus";
import type { Selection } from "../data/selection";
import { element } from "../elements";
import { formatCount, formatDate } from "../formats";
import { texts } from "../texts";
import { describePlace, DOUBTFUL, nameReport, nameSource } from "./names";

export function makePlaceRow(corpus: Corpus, selection: Selection, place: number): HTMLElement {
  const isQuiet = selection.isQuiet(place);
  const isDoubtful = selection.placeCounts[place]! > 0 && selection.placeConfidence[place]! < DOUBTFUL;
  const where = [describePlace(corpus, place), isQuiet && texts.notes.associative, isDoubtful && texts.doubtful, selection.isCorrected(place) && texts.correcting.marked].filter(Boolean).join(" · ");
  return element(
    "button",
    { type: "button", class: "geomap-row", "data-row": place, "data-place": corpus.places.id[place], "data-to-place": place },
    element("span", { class: "geomap-row-name", dir: "auto" }, corpus.places.name[place] ?? ""),
    !isQuiet && element("span", { class: "geomap-row-count" }, formatCount(selection.placeCounts[place]!)),
    element("span", { class: "geomap-row-where", dir: "auto" }, where),
  );
}

export function makeReportRow(corpus: Corpus, count: number, report: number): HTMLElement {
  const date = corpus.reports.date[report] ?? "";
  const source = nameSource(corpus, report);
  return element(
    "button",
    { type: "button", class: "geomap-row", "data-row": report, "data-report": corpus.reports.id[report], "data-to-report": report },
    element("span", { class: "geomap-row-name", dir: "auto" }, nameReport(corpus, report)),
    count > 0 && element("span", { class: "geomap-row-count" }, formatCount(count)),
    element("span", { class: "geomap-row-where" }, element("bdi", {}, source), source !== "" && " · ", date === "" ? texts.noDate : formatDate(date)),
  );
}

/** Move between rows by arrow, Home and End. */
export function moveFocus(event: KeyboardEvent): void {
  if (!(event.target instanceof Element) || !event.target.classList.contains("geomap-row")) return;
  const rows = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>(".geomap-row")];
  const at = rows.indexOf(event.target as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  rows[to]?.focus();
}
