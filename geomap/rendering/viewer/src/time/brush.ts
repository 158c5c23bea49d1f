// The period on the histogram: drawn, moved and resized by pointer, its limits moved by keys.
import { element } from "../elements";
import { formatDay } from "../formats";
import { texts } from "../texts";
import { addUnits, type Days, type Step, toTime } from "./calendar";
import type { Scale } from "./scale";

const NEAR = 9;
const CLICK = 4;

export interface BrushActions {
  readonly range: Days;
  step(): Step;
  /** The whole bar around a day: what a drag snaps to. */
  snap(day: number): Days;
  change(days: Days): void;
}

type Drag = { readonly kind: "draw" | "move" | "first" | "last"; readonly at: number; readonly day: number; readonly before: Days | null };

export class Brush {
  readonly root = element("div", { class: "geomap-brush" });
  private readonly area = element("div", { class: "geomap-brush-area" });
  private readonly limits: readonly [HTMLElement, HTMLElement];
  private days: Days | null = null;
  private scale: Scale | null = null;
  private drag: Drag | null = null;

  constructor(private readonly actions: BrushActions) {
    this.limits = [this.makeLimit(0, texts.firstDay), this.makeLimit(1, texts.lastDay)];
    this.root.append(this.area, ...this.limits);
    this.root.addEventListener("pointerdown", (event) => this.begin(event));
    this.root.addEventListener("pointermove", (event) => this.go(event));
    this.root.addEventListener("pointerup", (event) => this.end(event));
    this.root.addEventListener("pointercancel", () => (this.drag = null));
  }

  show(days: Days | null, scale: Scale): void {
    [this.days, this.scale] = [days, scale];
    const [first, last] = days ?? this.actions.range;
    const [left, right] = [scale.toPixel(Math.max(first, scale.first)), scale.toPixel(Math.min(last + 1, scale.end))].map((at) => Math.max(0, Math.min(scale.width, at)));
    this.root.classList.toggle("is-set", days !== null);
    this.area.style.left = `${left}px`;
    this.area.style.width = `${Math.max(2, (right ?? 0) - (left ?? 0))}px`;
    for (const [row, limit] of this.limits.entries()) {
      const day = row === 0 ? first : last;
      limit.style.left = `${row === 0 ? left : right}px`;
      limit.setAttribute("aria-valuemin", String(this.actions.range[0]));
      limit.setAttribute("aria-valuemax", String(this.actions.range[1]));
      limit.setAttribute("aria-valuenow", String(day));
      limit.setAttribute("aria-valuetext", formatDay(toTime(day)));
    }
  }

  private makeLimit(row: 0 | 1, label: string): HTMLElement {
    const limit = element("div", { class: "geomap-limit", role: "slider", tabindex: "0", "aria-label": label, "aria-orientation": "horizontal" });
    limit.addEventListener("keydown", (event) => this.answerKey(event, row));
    return limit;
  }

  private answerKey(event: KeyboardEvent, row: 0 | 1): void {
    const { range } = this.actions;
    const days = this.days ?? range;
    const isFirst = row === 0;
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 4, PageDown: -4 }[event.key];
    const [lowest, highest] = isFirst ? [range[0], days[1]] : [days[0], range[1]];
    let day = event.key === "Home" ? lowest : event.key === "End" ? highest : undefined;
    if (by !== undefined) day = isFirst ? addUnits(days[0], this.actions.step(), by) : addUnits(days[1] + 1, this.actions.step(), by) - 1;
    if (day === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    day = Math.max(lowest, Math.min(highest, day));
    this.actions.change(isFirst ? [day, days[1]] : [days[0], day]);
  }

  private begin(event: PointerEvent): void {
    const scale = this.scale;
    if (scale === null || event.button !== 0) return;
    const at = this.pixel(event);
    this.drag = { kind: this.findKind(at, scale), at, day: scale.toDay(at), before: this.days };
    this.root.setPointerCapture(event.pointerId);
    event.preventDefault();
  }

  private go(event: PointerEvent): void {
    const { drag, scale } = this;
    if (drag === null || scale === null || Math.abs(this.pixel(event) - drag.at) < CLICK) return;
    this.actions.change(this.stretch(drag, scale.toDay(this.pixel(event))));
  }

  private end(event: PointerEvent): void {
    const { drag } = this;
    this.drag = null;
    if (drag !== null && Math.abs(this.pixel(event) - drag.at) < CLICK && ["draw", "move"].includes(drag.kind)) {
      this.actions.change(this.actions.snap(drag.day));
    }
  }

  private findKind(at: number, scale: Scale): Drag["kind"] {
    if (this.days === null) return "draw";
    const [left, right] = [scale.toPixel(this.days[0]), scale.toPixel(this.days[1] + 1)];
    if (Math.abs(at - right) <= NEAR && at > (left + right) / 2) return "last";
    if (Math.abs(at - left) <= NEAR) return "first";
    return at > left && at < right ? "move" : "draw";
  }

  private stretch({ kind, day, before }: Drag, now: number): Days {
    const { range, snap } = this.actions;
    const [first, last] = before ?? range;
    if (kind === "first") return [Math.min(snap(now)[0], last), last];
    if (kind === "last") return [first, Math.max(snap(now)[1], first)];
    if (kind === "draw") return [snap(Math.min(day, now))[0], snap(Math.max(day, now))[1]];
    const by = Math.max(range[0] - first, Math.min(range[1] - last, now - day));
    return [first + by, last + by];
  }

  private pixel(event: PointerEvent): number {
    return event.clientX - this.root.getBoundingClientRect().left;
  }
}
