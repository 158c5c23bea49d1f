// Links inside the page: to a place, to a report. They are addresses, so they can be copied or opened in another tab.
import type { Corpus } from "../data/corpus";
import { type Child, element } from "../elements";

export interface Destinations {
  /** `isInText`: the link stands in the text of an open report. */
  place(row: number, isInText: boolean): void;
  report(row: number): void;
}

export function linkToPlace({ places }: Corpus, place: number, properties: { class?: string; title?: string; "data-mention"?: number }, ...children: Child[]): HTMLElement {
  const href = `#${new URLSearchParams({ place: places.key(place) }).toString()}`;
  return element("a", { ...properties, href, "data-to-place": place }, ...children);
}

export function linkToReport({ reports }: Corpus, report: number, ...children: Child[]): HTMLElement {
  const href = `#${new URLSearchParams({ report: reports.id[report] ?? "" }).toString()}`;
  return element("a", { href, "data-to-report": report }, ...children);
}

/** Follow such links without losing what else was chosen, unless the reader asks for another tab. */
export function followLinks(root: HTMLElement, destinations: Destinations): void {
  root.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof Element)) return;
    const link = event.target.closest<HTMLElement>("[data-to-place], [data-to-report]");
    if (link === null) return;
    event.preventDefault();
    const { toPlace, toReport } = link.dataset;
    if (toPlace !== undefined) destinations.place(Number(toPlace), link.closest(".geomap-reader") !== null);
    else if (toReport !== undefined) destinations.report(Number(toReport));
  });
}
