// The menu of what can be taken out of the map.
import type { Corpus } from "../data/corpus";
import type { Selection } from "../data/selection";
import { element } from "../elements";
import { formatCount } from "../formats";
import { icon } from "../icons";
import { texts } from "../texts";
import { writeCsv } from "./csv";
import { writeGeoJson } from "./geojson";
import { writeKml } from "./kml";
import { makeRows } from "./rows";
import { copyText, nameFile, saveFile } from "./save";

export class ExportMenu {
  readonly root: HTMLElement;
  private readonly button: HTMLElement;
  private readonly panel: HTMLElement;
  private readonly note = element("p", { class: "geomap-hint" });

  constructor(
    private readonly corpus: Corpus,
    private readonly selection: () => Selection,
    private readonly say: (text: string) => void,
  ) {
    this.button = element(
      "button",
      { type: "button", class: "geomap-icon", "aria-label": texts.share, title: texts.share, "aria-expanded": "false", "aria-controls": "geomap-export", on: { click: () => this.toggle(this.panel.hidden === true) } },
      icon("share"),
    );
    this.panel = element("div", { class: "geomap-menu", id: "geomap-export", hidden: true }, this.note, ...this.makeItems());
    this.root = element("div", { class: "geomap-menu-holder" }, this.button, this.panel);
    this.root.addEventListener("keydown", (event) => this.answerKey(event));
    document.addEventListener("pointerdown", (event) => {
      if (event.target instanceof Node && !this.root.contains(event.target)) this.toggle(false);
    });
  }

  private makeItems(): HTMLElement[] {
    const item = (name: string, hint: string, act: () => void): HTMLElement =>
      element("button", { type: "button", class: "geomap-menu-item", on: { click: () => this.run(act) } }, element("span", {}, name), hint !== "" && element("small", {}, hint));
    const { title } = this.corpus;
    const rows = () => makeRows(this.corpus, this.selection());
    return [
      item(texts.asCsv, texts.csvHint, () => saveFile(nameFile(title, "csv"), "text/csv;charset=utf-8", writeCsv(rows()))),
      item(texts.asGeoJson, texts.geoJsonHint, () => saveFile(nameFile(title, "geojson"), "application/geo+json", writeGeoJson(rows()))),
      item(texts.asKml, texts.kmlHint, () => saveFile(nameFile(title, "kml"), "application/vnd.google-earth.kml+xml", writeKml(this.corpus, this.selection()))),
      item(texts.print, "", () => window.print()),
      item(texts.copyLink, "", () => void copyText(location.href).then((isCopied) => this.say(isCopied ? texts.copied : texts.notCopied))),
    ];
  }

  private run(act: () => void): void {
    this.toggle(false);
    this.button.focus();
    act();
  }

  private toggle(isOpen: boolean): void {
    if (isOpen) {
      const { mentionCount, quietCount, places } = this.selection();
      const count = mentionCount + quietCount;
      this.note.textContent = texts.exportNote(texts.mentions(count, formatCount(count)), texts.places(places.length, formatCount(places.length)));
    }
    this.panel.hidden = !isOpen;
    this.button.setAttribute("aria-expanded", String(isOpen));
  }

  private answerKey(event: KeyboardEvent): void {
    if (this.panel.hidden) return;
    const items = [...this.panel.querySelectorAll<HTMLElement>("button")];
    const at = items.indexOf(document.activeElement as HTMLElement);
    if (event.key === "ArrowDown") items[Math.min(at + 1, items.length - 1)]?.focus();
    else if (event.key === "ArrowUp") items[Math.max(at - 1, 0)]?.focus();
    else if (event.key === "Escape") {
      this.toggle(false);
      this.button.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
