// Names without a place, each with an excerpt, so that a reader can judge what the map leaves out.
import { compareByTime, type Dataset, type Mention } from "../data/dataset";
import { findExcerpts } from "../data/excerpts";
import { element } from "../elements";
import { formatCount } from "../formats";
import { texts } from "../texts";
import { makeCard, makeExcerptList } from "./excerpts";

export function makeUnresolvedList({ unresolved }: Dataset): HTMLElement {
  const properties = { class: "geomap-list", id: "geomap-panel-unresolved", role: "tabpanel", "aria-label": texts.unresolvedTab };
  if (unresolved.size === 0) return element("div", properties, element("p", { class: "geomap-empty" }, texts.allResolved));
  const names = [...unresolved].map(([name, mentions]) => makeName(name, mentions));
  return element("div", properties, element("p", { class: "geomap-hint" }, texts.unresolvedNote), element("ul", {}, ...names));
}

function makeName(name: string, mentions: readonly Mention[]): HTMLElement {
  const [newest] = [...mentions].sort(compareByTime);
  const [excerpt] = findExcerpts(newest ? mentions.filter(({ report }) => report === newest.report) : []);
  const body = element("div", {}, excerpt && makeCard(excerpt));
  const item = element(
    "li",
    { class: "geomap-unresolved", "data-name": name },
    element(
      "p",
      { class: "geomap-unresolved-head" },
      element("strong", { dir: "auto" }, name),
      element("span", { class: "geomap-row-count" }, formatCount(mentions.length)),
    ),
    body,
  );
  if (mentions.length > 1) body.append(makeAll(body, mentions));
  return item;
}

function makeAll(body: HTMLElement, mentions: readonly Mention[]): HTMLElement {
  const show = (): void => body.replaceChildren(makeExcerptList(mentions).list);
  return element("button", { type: "button", class: "geomap-more", on: { click: show } }, texts.mentions(mentions.length, `All ${formatCount(mentions.length)}`));
}
