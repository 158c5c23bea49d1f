// "Why here?": what spoke for a place, and which others were considered; those are drawn on the map as long as it is open.
import { type Alternative, type Corpus, Corrected } from "../data/corpus";
import { element, replaceContent } from "../elements";
import { countryName, formatPercent } from "../formats";
import { texts } from "../texts";

export class Explainer {
  private open: { readonly button: HTMLElement; readonly room: HTMLElement } | null = null;

  constructor(
    private readonly corpus: Corpus,
    private readonly draw: (mention: number | null) => void,
  ) {}

  /** Open the reasons for a mention and close those that were open; a second call closes them. */
  toggle(mention: number, button: HTMLElement, room: HTMLElement): void {
    const isSame = this.open?.room === room;
    this.close();
    if (isSame) return;
    this.open = { button, room };
    button.setAttribute("aria-expanded", "true");
    replaceContent(room, ...explain(this.corpus, mention));
    room.hidden = false;
    this.draw(mention);
  }

  close(): boolean {
    if (this.open === null) return false;
    this.open.button.setAttribute("aria-expanded", "false");
    this.open.room.hidden = true;
    replaceContent(this.open.room);
    this.open = null;
    this.draw(null);
    return true;
  }

  /** Point out the alternative that was clicked on the map. */
  pointAt(alternative: number): void {
    const rows = this.open?.room.querySelectorAll("[data-alternative]") ?? [];
    for (const [row, item] of rows.entries()) item.classList.toggle("is-pointed", row === alternative);
    rows[alternative]?.scrollIntoView({ block: "nearest" });
  }
}

function explain(corpus: Corpus, mention: number): HTMLElement[] {
  const { mentions } = corpus;
  const evidence = mentions.evidence(mention);
  const alternatives = mentions.alternatives(mention);
  const reasons = evidence.length > 0 ? element("ul", {}, ...evidence.map((reason) => element("li", { dir: "auto" }, reason))) : element("p", {}, texts.noEvidence);
  const others = alternatives.length > 0 ? element("ol", {}, ...alternatives.map(makeAlternative)) : element("p", {}, texts.noAlternatives);
  return [
    element("p", { class: "geomap-chance" }, describeChance(corpus, mention)),
    element("h4", {}, texts.evidence),
    reasons,
    element("h4", {}, texts.alternatives),
    others,
  ];
}

function describeChance({ mentions }: Corpus, mention: number): string {
  if (mentions.corrected[mention] === Corrected.No) return texts.chance(formatPercent(mentions.confidence[mention]!));
  return mentions.corrected[mention] === Corrected.Here ? texts.correctedHere : texts.corrected;
}

function makeAlternative({ name, admin1, country, confidence }: Alternative, row: number): HTMLElement {
  const where = [...new Set([admin1, countryName(country)])].filter((part) => part !== "" && part !== name).join(", ");
  return element(
    "li",
    { "data-alternative": row },
    element("strong", { dir: "auto" }, name),
    element("span", { dir: "auto" }, where),
    element("span", { class: "geomap-row-count" }, formatPercent(confidence)),
  );
}
