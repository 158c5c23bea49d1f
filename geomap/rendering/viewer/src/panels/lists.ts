// Reports, places and doubts beside the map.
import type { Corpus } from "../data/corpus";
import type { Selection } from "../data/selection";
import { element, replaceContent } from "../elements";
import { formatCount } from "../formats";
import type { State, Tab } from "../state";
import { texts } from "../texts";
import type { CardActions } from "./card";
import { DoubtList } from "./doubt";
import { RowList } from "./list";
import { markReports, orderPlaces, orderReports, type PlaceOrder, type ReportOrder } from "./order";
import { makePlaceRow, makeReportRow } from "./rows";
import { isNarrowed } from "./summary";
import { Tabs } from "./tabs";

export interface ListActions {
  changeTab(tab: Tab): void;
  /** The pointer is on these places in a list; none when it leaves. */
  hover(places: Iterable<number>): void;
  /** Which of these places the map shows. */
  placesInView(): Iterable<number>;
  card(): CardActions;
}

/** By row: 1 for what the map shows. */
interface InView {
  readonly places: Uint8Array;
  readonly reports: Uint8Array;
}

const PLACE_ORDERS: readonly PlaceOrder[] = ["byMentions", "byName", "byDate"];
const REPORT_ORDERS: readonly ReportOrder[] = ["byDate", "byDateUp", "byMentions"];

export class Lists {
  readonly root: HTMLElement;
  private readonly tabs: Tabs<Tab>;
  private readonly places: RowList;
  private readonly reports: RowList;
  private readonly doubt: DoubtList;
  private readonly elsewhere = element("div", { class: "geomap-elsewhere" });
  private readonly incomplete = element("p", { class: "geomap-hint", role: "status", hidden: true });
  private readonly panels: Record<Tab, HTMLElement>;
  private readonly orders = { places: PLACE_ORDERS[0]!, reports: REPORT_ORDERS[0]! };
  /** What chooses the order; hidden where there is nothing to order. */
  private readonly choices: Record<"places" | "reports", HTMLElement>;
  private selection: Selection | null = null;
  /** Whether the map has moved since the lists were filled. */
  private isBehind = false;
  private isPointed = false;
  private inView: InView = { places: new Uint8Array(), reports: new Uint8Array() };
  private tab: Tab = "places";
  /** Lists that show what is shown now; the others are filled when they are opened. */
  private readonly fresh = new Set<Tab>();

  constructor(
    private readonly corpus: Corpus,
    private readonly actions: ListActions,
  ) {
    this.tabs = new Tabs<Tab>(texts.tabs, [["reports", texts.reportsTab], ["places", texts.placesTab], ["doubt", texts.doubtTab]], (tab) => actions.changeTab(tab));
    this.places = new RowList(
      (place) => makePlaceRow(corpus, this.selection!, place),
      (place) => actions.hover(place === null ? [] : [place]),
    );
    this.reports = new RowList(
      (report) => makeReportRow(corpus, this.selection!.reportCounts[report]!, report),
      (report) => actions.hover(report === null ? [] : this.placesOf(report)),
    );
    this.doubt = new DoubtList(corpus, () => actions.card());
    this.choices = {
      reports: this.makeOrder(REPORT_ORDERS, (order) => (this.orders.reports = order), "reports"),
      places: this.makeOrder(PLACE_ORDERS, (order) => (this.orders.places = order), "places"),
    };
    this.panels = {
      reports: this.makePanel("reports", this.choices.reports, this.reports.root, this.elsewhere),
      places: this.makePanel("places", this.choices.places, this.places.root),
      doubt: this.makePanel("doubt", this.doubt.root),
    };
    this.root = element("div", { class: "geomap-lists" }, this.tabs.root, this.incomplete, ...Object.values(this.panels));
    this.root.addEventListener("pointerenter", () => (this.isPointed = true));
    this.root.addEventListener("pointerleave", () => {
      this.isPointed = false;
      this.catchUp();
    });
  }

  /** Fill the lists anew: other filters, or the map shows another part of the world. */
  show(selection: Selection): void {
    const isOther = this.selection !== null && selection !== this.selection; // there is nothing to scroll back from at first
    this.selection = selection;
    this.isBehind = false;
    this.fresh.clear();
    this.inView = this.findInView(selection);
    this.countAll(selection);
    this.showIncomplete(selection);
    this.fill();
    if (isOther) this.panels[this.tab].scrollTop = 0;
  }

  /** The map shows another part of the world. No row moves away under the pointer: then they follow when it leaves. */
  followMap(): void {
    this.isBehind = true;
    this.catchUp();
  }

  follow({ tab, chosen, report }: State): void {
    this.tab = tab;
    this.tabs.show(tab);
    for (const [name, panel] of Object.entries(this.panels)) panel.hidden = name !== tab;
    this.fill();
    if (tab === "places") this.places.mark(chosen);
    if (tab === "reports") this.reports.mark(report === null ? [] : [report]);
  }

  /** Point out what the map's pointer is on. */
  hover(places: readonly number[]): void {
    this.places.hover((place) => places.includes(place));
    const reports = new Set(places.flatMap((place) => Array.from(this.selection?.mentionsOf(place) ?? [], (mention) => this.corpus.mentions.report[mention]!)));
    this.reports.hover((report) => reports.has(report));
  }

  focus(): void {
    if (this.tab === "doubt") this.panels.doubt.querySelector<HTMLElement>("a, button")?.focus();
    else this[this.tab].focus();
  }

  private catchUp(): void {
    if (!this.isBehind || this.selection === null || this.isPointed) return;
    this.show(this.selection);
  }

  private fill(): void {
    const { selection, tab } = this;
    if (selection === null || this.fresh.has(tab)) return;
    this.fresh.add(tab);
    if (tab === "doubt") this.doubt.show(selection);
    else if (tab === "places") this.fillPlaces(selection);
    else this.fillReports(selection);
  }

  private fillPlaces(selection: Selection): void {
    const rows = orderPlaces(this.corpus, selection, this.orders.places);
    this.choices.places.hidden = rows.length < 2;
    this.places.show(rows.filter((place) => this.inView.places[place] === 1), rows.filter((place) => this.inView.places[place] !== 1), this.makeEmpty(selection));
  }

  private fillReports(selection: Selection): void {
    const rows = orderReports(this.corpus, selection, this.orders.reports);
    this.choices.reports.hidden = rows.length < 2;
    this.reports.show(rows.filter((report) => this.inView.reports[report] === 1), rows.filter((report) => this.inView.reports[report] !== 1), this.makeEmpty(selection));
    this.showElsewhere(selection);
  }

  /** Says how much was searched where some texts are not loaded yet. */
  private showIncomplete({ isComplete }: Selection): void {
    this.incomplete.hidden = isComplete;
    if (isComplete) return;
    const load = element("button", { type: "button", class: "geomap-link", on: { click: () => void this.corpus.loadAllTexts() } }, texts.searchAll);
    replaceContent(this.incomplete, texts.partlySearched(formatCount(this.corpus.loadedTexts()), formatCount(this.corpus.counts.reports)), " ", load);
  }

  private findInView(selection: Selection): InView {
    const places = new Uint8Array(this.corpus.places.count);
    for (const place of this.actions.placesInView()) places[place] = 1;
    return { places, reports: markReports(this.corpus, selection, places) };
  }

  private countAll(selection: Selection): void {
    const reports = this.inView.reports.reduce((sum, one) => sum + one, 0);
    const places = this.inView.places.reduce((sum, one) => sum + one, 0);
    const share = (shown: number, all: number): string => (shown === all ? formatCount(all) : texts.partOf(formatCount(shown), formatCount(all)));
    this.tabs.count("reports", share(reports, selection.reports.length));
    this.tabs.count("places", share(places, selection.places.length));
    this.tabs.count("doubt", formatCount(this.doubt.count(selection)));
  }

  /** Reports that hold the words of the search, but in no excerpt; without filters those that name no place. */
  private showElsewhere(selection: Selection): void {
    const { filter } = selection;
    const rows = isNarrowed(filter) ? selection.elsewhere : findPlaceless(selection);
    if (rows.length === 0) return replaceContent(this.elsewhere);
    const list = new RowList((report) => makeReportRow(this.corpus, 0, report), () => undefined);
    list.show(rows, [], element("span", {}));
    const note = filter.query !== "" ? texts.elsewhere : texts.placeless;
    replaceContent(this.elsewhere, element("p", { class: "geomap-hint" }, note(texts.reports(rows.length, formatCount(rows.length)))), list.root);
  }

  private makeEmpty({ filter, places }: Selection): HTMLElement {
    const text = this.corpus.counts.reports === 0 ? texts.noReports : isNarrowed(filter) || places.length > 0 ? texts.nothingMatches : texts.nothingShown;
    return element("p", { class: "geomap-empty" }, text);
  }

  private makePanel(tab: Tab, ...content: HTMLElement[]): HTMLElement {
    return element("div", { class: "geomap-list", id: `geomap-panel-${tab}`, role: "tabpanel", "aria-labelledby": `geomap-tab-${tab}`, tabindex: tab === "doubt" ? "0" : "-1" }, ...content);
  }

  private makeOrder<Order extends PlaceOrder | ReportOrder>(orders: readonly Order[], choose: (order: Order) => void, tab: Tab): HTMLElement {
    const select = element("select", {}, ...orders.map((order) => element("option", { value: order }, texts[order])));
    select.addEventListener("change", () => {
      choose(orders.find((order) => order === select.value) ?? orders[0]!);
      this.fresh.delete(tab);
      this.fill();
    });
    return element("label", { class: "geomap-order" }, texts.order, select);
  }

  private placesOf(report: number): Set<number> {
    return new Set(Array.from(this.selection?.mentionsIn(report) ?? [], (mention) => this.corpus.mentions.place[mention]!));
  }
}

function findPlaceless({ reportCounts, reports }: Selection): number[] {
  const named = new Set(reports);
  return Array.from(reportCounts, (_, report) => report).filter((report) => !named.has(report));
}
