// On narrow screens the side is a drawer below the map: pulled up by its handle, a button, or by whatever needs it.
import { element } from "../elements";
import { texts } from "../texts";

const PULL = 24;

export class Drawer {
  readonly handle: HTMLElement;
  private side: HTMLElement | null = null;
  private pulledFrom: number | null = null;
  private wasPulled = false;

  constructor() {
    this.handle = element("button", { type: "button", class: "geomap-handle", "aria-label": texts.lists, "aria-expanded": "false" }, element("span", {}));
    this.handle.addEventListener("click", () => this.press());
    this.handle.addEventListener("pointerdown", (event) => this.take(event));
    this.handle.addEventListener("pointermove", (event) => this.pull(event));
    this.handle.addEventListener("pointerup", () => (this.pulledFrom = null));
  }

  attach(side: HTMLElement): void {
    this.side = side;
  }

  get isOpen(): boolean {
    return this.side?.classList.contains("is-open") ?? false;
  }

  open(isOpen: boolean): void {
    this.side?.classList.toggle("is-open", isOpen);
    this.handle.setAttribute("aria-expanded", String(isOpen));
  }

  private press(): void {
    if (!this.wasPulled) this.open(!this.isOpen);
    this.wasPulled = false;
  }

  private take(event: PointerEvent): void {
    this.pulledFrom = event.clientY;
    this.wasPulled = false;
    this.handle.setPointerCapture(event.pointerId);
  }

  private pull(event: PointerEvent): void {
    if (this.pulledFrom === null || Math.abs(event.clientY - this.pulledFrom) < PULL) return;
    this.open(event.clientY < this.pulledFrom);
    this.wasPulled = true;
    this.pulledFrom = null;
  }
}
