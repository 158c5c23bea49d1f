// The corrections that this map was not built with: how many, each with a way back, and how they are saved.
import type { Corpus, Target } from "../data/corpus";
import { type Child, element, replaceContent } from "../elements";
import { countryName, formatCount, formatPoint, isolate } from "../formats";
import { icon } from "../icons";
import { texts } from "../texts";
import type { Entry } from "./entry";

export interface BarActions {
  undo(entries: readonly Entry[]): void;
  download(): void;
  /** Null where the page is a mere file. */
  readonly save: (() => void) | null;
}

/** How saving to a server goes; "" where it was not tried or went well. */
export interface Saving {
  readonly isBusy: boolean;
  readonly failure: string;
}

export class CorrectionBar {
  readonly root: HTMLElement;
  private readonly count = element("strong", {});
  private readonly status = element("span", { class: "geomap-corrections-status", role: "status" });
  private readonly toggle: HTMLElement;
  private readonly body = element("div", { class: "geomap-corrections-body", id: "geomap-corrections", hidden: true });

  constructor(
    private readonly corpus: Corpus,
    private readonly actions: BarActions,
  ) {
    this.toggle = element("button", { type: "button", class: "geomap-link", "aria-expanded": "false", "aria-controls": "geomap-corrections", on: { click: () => this.open(this.body.hidden === true) } }, texts.correcting.show);
    const head = element("p", { class: "geomap-corrections-head" }, icon("pen"), this.count, this.status, this.toggle);
    this.root = element("section", { class: "geomap-corrections", "aria-label": texts.correcting.list, hidden: true }, head, this.body);
  }

  show(entries: readonly Entry[], isLasting: boolean, saving: Saving): void {
    const hadFocus = this.body.contains(document.activeElement);
    this.root.hidden = entries.length === 0;
    this.count.textContent = texts.correcting.corrections(entries.length, formatCount(entries.length));
    this.status.textContent = this.describeStatus(entries, saving);
    this.root.classList.toggle("is-failed", saving.failure !== "");
    const items = entries.map((entry) => this.makeItem(entry));
    replaceContent(this.body, element("ul", {}, ...items), !isLasting && element("p", { class: "geomap-warning" }, texts.correcting.notKept), ...this.makeEnd(entries, saving));
    if (hadFocus) (this.root.hidden ? document.querySelector<HTMLElement>(".geomap-search") : this.toggle)?.focus();
  }

  private open(isOpen: boolean): void {
    this.body.hidden = !isOpen;
    this.toggle.setAttribute("aria-expanded", String(isOpen));
    this.toggle.textContent = isOpen ? texts.correcting.hide : texts.correcting.show;
  }

  private describeStatus(entries: readonly Entry[], { isBusy, failure }: Saving): string {
    const { correcting } = texts;
    if (isBusy) return correcting.saving;
    if (failure !== "") return correcting.failed(failure);
    if (entries.some(({ progress }) => progress === "new")) return correcting.unsaved;
    return this.actions.save !== null && entries.every(({ progress }) => progress === "saved") ? correcting.rebuilding : correcting.downloaded;
  }

  private makeItem(entry: Entry): HTMLElement {
    const { correcting } = texts;
    const { name, target, action, reach, report, progress } = entry;
    const words = target === null ? (action === "is-not-a-place" ? correcting.isNoPlace : correcting.isFoundLater) : nameTarget(target);
    const row = this.corpus.reports.id.indexOf(report);
    const where = [correcting.reaches[reach], row >= 0 ? this.corpus.reports.title[row] || report : report].filter(Boolean).join(": ");
    const undo = element("button", { type: "button", class: "geomap-link", "aria-label": correcting.undoOne(`${isolate(name)} → ${isolate(words)}`), on: { click: () => this.actions.undo([entry]) } }, correcting.undo);
    return element(
      "li",
      {},
      element("span", { class: "geomap-correction" }, element("bdi", {}, name), " → ", element("bdi", {}, words)),
      progress === "saved" ? element("span", { class: "geomap-row-count" }, correcting.saved) : undo,
      element("span", { class: "geomap-row-where", dir: "auto" }, where),
    );
  }

  private makeEnd(entries: readonly Entry[], { failure }: Saving): Child[] {
    const { correcting } = texts;
    const open = entries.filter(({ progress }) => progress !== "saved");
    const button = (text: string, act: () => void, name: string): HTMLElement => element("button", { type: "button", class: name, on: { click: act } }, text);
    const isServed = this.actions.save !== null;
    return [
      element(
        "p",
        { class: "geomap-buttons-row" },
        (!isServed || failure !== "") && button(correcting.download, () => this.actions.download(), "geomap-primary"),
        isServed && failure !== "" && button(correcting.again, () => this.actions.save?.(), "geomap-secondary"),
        open.length > 1 && button(correcting.undoAll, () => this.actions.undo(open), "geomap-secondary"),
      ),
      !isServed && element("p", { class: "geomap-hint" }, correcting.how),
    ];
  }
}

function nameTarget({ placeId, name, admin1, country, latitude, longitude }: Target): string {
  if (placeId === "") return formatPoint(latitude, longitude, 4);
  return [...new Set([name, admin1, countryName(country)])].filter(Boolean).join(", ");
}
