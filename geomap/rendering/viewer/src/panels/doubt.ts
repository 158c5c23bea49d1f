// What a reader should check: doubtful places and names without a place, each with an excerpt.
import type { Corpus } from "../data/corpus";
import { cutExcerpts, type Excerpt } from "../data/cuts";
import { type Selection, Shown } from "../data/selection";
import { element, replaceContent } from "../elements";
import { formatCount, formatPercent } from "../formats";
import { texts } from "../texts";
import { type CardActions, makeCard } from "./card";
import { GrowingList } from "./growing";
import { linkToPlace } from "./links";
import { describePlace, DOUBTFUL } from "./names";
import { sortNewest } from "./order";

const PAGE = 20;

interface Doubt {
  /** The place that is doubtful, null for a name without one. */
  readonly place: number | null;
  readonly name: string;
  readonly mentions: ArrayLike<number>;
}

export class DoubtList {
  readonly root = element("div", { class: "geomap-doubt" });

  constructor(
    private readonly corpus: Corpus,
    private readonly actions: () => CardActions,
  ) {}

  /** How many doubtful places and names without a place there are under the filters. */
  count(selection: Selection): number {
    return countDoubtful(this.corpus, selection) + selection.unresolved.length;
  }

  show(selection: Selection): void {
    const doubtful = findDoubtful(this.corpus, selection);
    const unresolved = selection.unresolved.map(({ name, mentions }) => ({ place: null, name, mentions }));
    const isAnyUnresolved = this.corpus.unresolved.length > 0;
    replaceContent(
      this.root,
      ...this.makePart(texts.doubtfulHeading, texts.doubtfulNote, doubtful, texts.nothingDoubtful),
      ...this.makePart(texts.unresolvedHeading, texts.unresolvedNote, unresolved, isAnyUnresolved ? texts.nothingMatches : texts.allResolved),
    );
  }

  private makePart(heading: string, note: string, doubts: readonly Doubt[], empty: string): HTMLElement[] {
    const head = element("h2", {}, heading, element("span", { class: "geomap-tab-count" }, formatCount(doubts.length)));
    if (doubts.length === 0) return [head, element("p", { class: "geomap-empty" }, empty)];
    const list = new GrowingList<Doubt>(element("ul", {}), PAGE, (doubt) => this.makeItem(doubt));
    list.show(doubts);
    return [head, element("p", { class: "geomap-hint" }, note), list.root];
  }

  private makeItem(doubt: Doubt): HTMLElement {
    const { place, name, mentions } = doubt;
    const excerpts = cutExcerpts(this.corpus, sortNewest(this.corpus, mentions));
    const body = element("div", {}, excerpts[0] && makeCard(this.corpus, excerpts[0], this.actions()));
    const count = texts.mentions(mentions.length, formatCount(mentions.length));
    const head = element(
      "p",
      { class: "geomap-doubt-head" },
      place === null ? element("strong", { dir: "auto" }, name) : linkToPlace(this.corpus, place, {}, element("strong", { dir: "auto" }, name)),
      element("span", { class: "geomap-row-count" }, place === null ? formatCount(mentions.length) : this.describe(mentions)),
    );
    const where = place !== null && element("p", { class: "geomap-row-where", dir: "auto" }, describePlace(this.corpus, place));
    if (excerpts.length > 1) body.append(this.makeAll(body, excerpts, count));
    const properties = place === null ? { class: "geomap-unresolved", "data-name": name } : { class: "geomap-doubtful", "data-place": this.corpus.places.id[place] };
    return element("li", properties, head, where, body);
  }

  private describe(mentions: ArrayLike<number>): string {
    const best = Array.from(mentions).reduce((most, mention) => Math.max(most, this.corpus.mentions.confidence[mention]!), 0);
    return texts.chance(formatPercent(best));
  }

  private makeAll(body: HTMLElement, excerpts: readonly Excerpt[], count: string): HTMLElement {
    const show = (): void => {
      const list = new GrowingList<Excerpt>(element("ol", { class: "geomap-excerpts" }), PAGE, (one) => element("li", {}, makeCard(this.corpus, one, this.actions())));
      list.show(excerpts);
      replaceContent(body, list.root);
      list.items.querySelector<HTMLElement>("a")?.focus();
    };
    return element("button", { type: "button", class: "geomap-more", on: { click: show } }, texts.allMentions(count));
  }
}

/** The shown mentions that are doubtful, by place, the most frequent first. */
function findDoubtful({ mentions, places }: Corpus, selection: Selection): Doubt[] {
  const byPlace = new Map<number, number[]>();
  for (let mention = 0; mention < mentions.count; mention++) {
    if (selection.mentions[mention] !== Shown.Counted || mentions.confidence[mention]! >= DOUBTFUL) continue;
    const place = mentions.place[mention]!;
    const group = byPlace.get(place);
    if (group) group.push(mention);
    else byPlace.set(place, [mention]);
  }
  return [...byPlace]
    .map(([place, group]) => ({ place, name: places.name[place] ?? "", mentions: group }))
    .sort((left, right) => right.mentions.length - left.mentions.length || left.place - right.place);
}

function countDoubtful({ mentions, places }: Corpus, selection: Selection): number {
  const isDoubtful = new Uint8Array(places.count);
  for (let mention = 0; mention < mentions.count; mention++) {
    if (selection.mentions[mention] === Shown.Counted && mentions.confidence[mention]! < DOUBTFUL) isDoubtful[mentions.place[mention]!] = 1;
  }
  return isDoubtful.reduce((sum, one) => sum + one, 0);
}
