// A place with all its excerpts: the body of the details panel, and of a popup in other people's maps.
import type { Dataset, Place } from "../data/dataset";
import { DOUBTFUL, type ShownPlace } from "../data/view";
import { element } from "../elements";
import { countryName, formatBearing, formatCompact, formatCount, formatPoint } from "../formats";
import { kindOf } from "../kinds";
import { texts } from "../texts";
import { makeExcerptList } from "./excerpts";

export function makePlaceDetails(shown: ShownPlace, dataset: Dataset, page?: number): HTMLElement {
  const { place, mentions } = shown;
  const { list, count } = makeExcerptList(mentions, page);
  const counts = `${texts.mentions(mentions.length, formatCount(mentions.length))} · ${texts.excerpts(count, formatCount(count))}`;
  return element(
    "div",
    { class: "geomap-details" },
    element("h2", { class: "geomap-place-name", dir: "auto", tabindex: "-1" }, place.name),
    element("p", { class: "geomap-meta" }, ...describe(place).map((part) => element("span", {}, part))),
    place.anchor && element("p", { class: "geomap-warning" }, describeAnchor(place, dataset)),
    shown.confidence < DOUBTFUL && element("p", { class: "geomap-warning" }, texts.doubtfulPlace),
    element("p", { class: "geomap-tally" }, counts),
    list,
  );
}

/** Where a place lies, from small to large, without what repeats its own name. */
export function locate(place: Place): string {
  if (place.featureCode.startsWith("PCL")) return "";
  const parts = [place.admin1, countryName(place.country)];
  return [...new Set(parts)].filter((part) => part !== "" && part !== place.name).join(", ");
}

function describe(place: Place): string[] {
  const population = place.population > 0 ? texts.population(formatCompact(place.population)) : "";
  return [kindOf(place), locate(place), population, formatPoint(place)].filter(Boolean);
}

function describeAnchor(place: Place, dataset: Dataset): string {
  const { anchor } = place;
  if (anchor === null) return "";
  const name = dataset.places.find(({ id, anchor: other }) => id === anchor.placeId && other === null)?.name ?? anchor.placeId;
  return texts.displaced(formatCount(Math.round(anchor.distance)), formatBearing(anchor.bearing), name);
}
