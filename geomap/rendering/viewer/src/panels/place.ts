// A place with all its excerpts: the body of the panel, and of a popup in other people's maps.
import { type Corpus, Corrected } from "../data/corpus";
import { cutExcerpts, type Excerpt } from "../data/cuts";
import type { Selection } from "../data/selection";
import { element } from "../elements";
import { formatCompact, formatCount, formatPoint } from "../formats";
import { icon } from "../icons";
import { texts } from "../texts";
import { type CardActions, makeCard } from "./card";
import { GrowingList } from "./growing";
import { share } from "./summary";
import { describeAnchor, DOUBTFUL, locate, nameKind } from "./names";

const PAGE = 20;

export function makePlaceDetails(corpus: Corpus, selection: Selection, place: number, actions: CardActions | null, page = PAGE): HTMLElement {
  const { places } = corpus;
  const mentions = selection.mentionsOf(place);
  const excerpts = cutExcerpts(corpus, mentions);
  const list = new GrowingList<Excerpt>(element("ol", { class: "geomap-excerpts" }), page, (one) => element("li", {}, makeCard(corpus, one, actions)));
  list.show(excerpts);
  const anchor = describeAnchor(corpus, place);
  const isDoubtful = selection.placeCounts[place]! > 0 && selection.placeConfidence[place]! < DOUBTFUL;
  return element(
    "div",
    { class: "geomap-details", "data-place": places.id[place] },
    element("h2", { class: "geomap-place-name", dir: "auto", tabindex: "-1" }, places.name[place] ?? ""),
    element("p", { class: "geomap-meta" }, ...describe(corpus, place).map((part) => element("span", { dir: "auto" }, part))),
    anchor !== "" && element("p", { class: "geomap-warning" }, anchor),
    places.isApproximate[place] === 1 && element("p", { class: "geomap-warning" }, texts.approximatePlace(formatCount(Math.round(places.radius[place]!)))),
    isDoubtful && element("p", { class: "geomap-warning" }, texts.doubtfulPlace),
    makeCorrectedLine(corpus, mentions),
    element("p", { class: "geomap-tally" }, ...tally(corpus, selection, place, excerpts.length)),
    list.root,
  );
}

function describe(corpus: Corpus, place: number): string[] {
  const { places } = corpus;
  const population = places.population[place]! > 0 ? texts.population(formatCompact(places.population[place]!)) : "";
  const point = formatPoint(places.latitude[place]!, places.longitude[place]!);
  return [nameKind(corpus, place), locate(corpus, place), population, point].filter(Boolean);
}

/** How many of the mentions a person has put here. */
function makeCorrectedLine(corpus: Corpus, mentions: Uint32Array): HTMLElement | null {
  const count = mentions.filter((mention) => corpus.mentions.corrected[mention] !== Corrected.No).length;
  if (count === 0) return null;
  return element("p", { class: "geomap-by-hand" }, icon("pen"), texts.correcting.set(texts.mentions(count, formatCount(count))));
}

function tally({ places }: Corpus, { placeCounts, quietCounts }: Selection, place: number, excerpts: number): string[] {
  const all = places.mentions(place).length;
  const [counted, quiet] = [placeCounts[place]!, quietCounts[place]!];
  const shown = counted + quiet;
  if (shown === 0) return [all === 0 ? texts.leftPlace : texts.hiddenPlace];
  const indirect = quiet > 0 ? [texts.indirect(formatCount(quiet))] : [];
  const counts = [share(counted, all, texts.mentions, texts.mentionsOf), ...indirect, texts.excerpts(excerpts, formatCount(excerpts))].join(" · ");
  return shown === all ? [counts] : [counts, ". ", texts.underFilters];
}
