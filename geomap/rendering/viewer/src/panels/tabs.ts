// Tabs with counts; arrows move between them.
import { element, replaceContent } from "../elements";

export class Tabs<Name extends string> {
  readonly root: HTMLElement;
  private readonly buttons: readonly (readonly [Name, HTMLElement, HTMLElement])[];

  constructor(
    label: string,
    tabs: readonly (readonly [Name, string])[],
    private readonly change: (name: Name) => void,
  ) {
    this.buttons = tabs.map(([name, text]) => this.make(name, text));
    this.root = element("div", { class: "geomap-tabs", role: "tablist", "aria-label": label }, ...this.buttons.map(([, button]) => button));
    this.root.addEventListener("keydown", (event) => this.answerKey(event));
  }

  show(chosen: Name): void {
    for (const [name, button] of this.buttons) {
      button.setAttribute("aria-selected", String(name === chosen));
      button.tabIndex = name === chosen ? 0 : -1;
    }
  }

  count(name: Name, text: string): void {
    const tab = this.buttons.find(([one]) => one === name);
    if (tab) replaceContent(tab[2], text);
  }

  private make(name: Name, text: string): readonly [Name, HTMLElement, HTMLElement] {
    const count = element("span", { class: "geomap-tab-count" });
    const properties = { type: "button", role: "tab", id: `geomap-tab-${name}`, "aria-controls": `geomap-panel-${name}`, on: { click: () => this.change(name) } };
    return [name, element("button", properties, text, count), count];
  }

  private answerKey(event: KeyboardEvent): void {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = this.buttons.findIndex(([, button]) => button === document.activeElement);
    if (by === undefined || at < 0) return;
    event.preventDefault();
    const next = this.buttons[(at + by + this.buttons.length) % this.buttons.length]!;
    this.change(next[0]);
    next[1].focus();
  }
}
