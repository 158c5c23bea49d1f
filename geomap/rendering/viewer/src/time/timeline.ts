// The histogram of dates with its period, steps and play; reports without a date have a switch of their own.
import { type Corpus, UNDATED } from "../data/corpus";
import type { Filter } from "../data/filter";
import type { Selection } from "../data/selection";
import { drawing, element } from "../elements";
import { formatCount, formatDays } from "../formats";
import { icon } from "../icons";
import { texts } from "../texts";
import { type Bins, fillBins, findBin, makeBins } from "./bins";
import { Brush } from "./brush";
import { type Days, type Step, toTime } from "./calendar";
import { isAtEnd, Player, stepOn } from "./player";
import { chooseTicks, makeTickFormat, Scale } from "./scale";

const HEIGHT = 46;
const BAR = 5;
/** Pixels above which a bar says no more. */
const WIDEST = 40;
const STEPS: readonly Step[] = ["day", "week", "month"];

export class Timeline {
  readonly root: HTMLElement;
  /** The first and the last day of all reports; null where none has a date. */
  private readonly range: Days | null;
  private readonly bars = drawing("path", { class: "geomap-bars" });
  private readonly shownBars = drawing("path", { class: "geomap-bars is-shown" });
  private readonly chart = drawing("svg", { class: "geomap-chart", role: "img", height: HEIGHT }, this.bars, this.shownBars);
  private readonly axis = element("div", { class: "geomap-axis", "aria-hidden": "true" });
  private readonly period = element("output", { class: "geomap-period" });
  private readonly reset = element("button", { type: "button", class: "geomap-link", on: { click: () => this.choose(null) } }, texts.allDates);
  private readonly play = element("button", { type: "button", class: "geomap-icon", on: { click: () => this.player.toggle() } });
  private readonly steps = element("select", { "aria-label": texts.step });
  private readonly undatedBox = element("input", { type: "checkbox" });
  private readonly undatedLabel = element("span", {});
  private readonly undated: HTMLElement;
  private readonly brush: Brush;
  private readonly player: Player;
  /** Whether the next step of playing is the first one. */
  private isStarting = true;
  /** Pixels, 0 where they are not known yet: to ask for them at each step would mean to lay out the page anew. */
  private width = 0;
  private bins: Bins | null = null;
  private selection: Selection | null = null;

  constructor(
    corpus: Corpus,
    private readonly change: (part: Pick<Filter, "days"> | Pick<Filter, "undated">) => void,
  ) {
    this.range = findRange(corpus.reports.day);
    this.brush = new Brush({
      range: this.range ?? [0, 0],
      step: () => this.step,
      snap: (day) => this.snap(day),
      change: (days) => this.choose(days),
    });
    this.player = new Player(() => this.playOn(), (isPlaying) => this.showPlaying(isPlaying));
    this.steps.append(...STEPS.map((step) => element("option", { value: step }, texts.steps[step])));
    const undated = corpus.reports.day.filter((day) => day === UNDATED).length;
    this.undatedLabel.textContent = texts.showUndated(formatCount(undated));
    this.undated = element("label", { class: "geomap-check", hidden: undated === 0 }, this.undatedBox, this.undatedLabel);
    this.undatedBox.addEventListener("change", () => change({ undated: this.undatedBox.checked }));
    this.root = this.build();
    this.showPlaying(false);
    if (this.range) this.steps.value = this.range[1] - this.range[0] > 200 ? "month" : this.range[1] - this.range[0] > 45 ? "week" : "day";
    new ResizeObserver(() => {
      this.width = this.chart.clientWidth;
      this.draw();
    }).observe(this.chart);
  }

  show(selection: Selection): void {
    this.selection = selection;
    this.undatedBox.checked = selection.filter.undated;
    this.draw(); // as soon as the observer knows how wide the chart is
  }

  private get step(): Step {
    return STEPS.find((step) => step === this.steps.value) ?? "day";
  }

  private build(): HTMLElement {
    const button = (label: string, name: "earlier" | "later", count: 1 | -1): HTMLElement =>
      element("button", { type: "button", class: "geomap-icon", "aria-label": label, title: label, on: { click: () => this.stepBy(count) } }, icon(name));
    const controls = element(
      "div",
      { class: "geomap-timeline-controls" },
      element("span", { class: "geomap-buttons" }, button(texts.earlier, "earlier", -1), this.play, button(texts.later, "later", 1)),
      this.steps,
      this.period,
      this.reset,
      this.undated,
    );
    const chart = element("div", { class: "geomap-histogram" }, this.chart, this.brush.root, this.axis);
    const hidden = this.range === null;
    return element("section", { class: "geomap-timeline", "aria-label": texts.timeline, hidden }, controls, chart);
  }

  private choose(days: Days | null): void {
    const range = this.range;
    const isAll = days !== null && range !== null && days[0] <= range[0] && days[1] >= range[1];
    this.change({ days: isAll ? null : days });
  }

  private stepBy(count: 1 | -1): void {
    if (this.range === null) return;
    this.player.stop();
    const days = stepOn(this.selection?.filter.days ?? null, this.range, this.step, count);
    if (days !== null) this.change({ days });
  }

  private playOn(): boolean {
    const days = this.selection?.filter.days ?? null;
    if (this.range === null || !this.root.isConnected) return false;
    const next = stepOn(this.isStarting && isAtEnd(days, this.range, this.step) ? null : days, this.range, this.step, 1);
    this.isStarting = false;
    if (next === null) return false;
    this.change({ days: next });
    return true;
  }

  private showPlaying(isPlaying: boolean): void {
    this.isStarting = true;
    const label = isPlaying ? texts.pause : texts.play;
    this.play.replaceChildren(icon(isPlaying ? "pause" : "play"));
    this.play.setAttribute("aria-label", label);
    this.play.title = label;
  }

  private snap(day: number): Days {
    if (this.bins === null || this.bins.unit === "day") return [day, day];
    const bar = findBin(this.bins, day);
    return [this.bins.edges[bar]!, this.bins.edges[bar + 1]! - 1];
  }

  private draw(): void {
    const { width } = this;
    if (this.range === null || this.selection === null || width === 0) return;
    const bins = (this.bins = makeBins(this.range, Math.max(12, Math.floor(width / BAR))));
    const { days, filter, mentionCount } = this.selection;
    const heights = fillBins(bins, days.day, days.count);
    const scale = new Scale(bins.edges[0]!, bins.edges.at(-1)!, width);
    const highest = Math.max(1, ...heights);
    const isShown = (bar: number): boolean => {
      return filter.days === null || (bins.edges[bar + 1]! > filter.days[0] && bins.edges[bar]! <= filter.days[1]);
    };
    const trace = (isWanted: (bar: number) => boolean): string =>
      heights.map((height, bar) => (height > 0 && isWanted(bar) ? traceBar(scale, bins, bar, height / highest) : "")).join("");
    this.shownBars.setAttribute("d", trace(isShown));
    this.bars.setAttribute("d", trace((bar) => !isShown(bar)));
    this.drawAxis(bins, scale);
    this.brush.show(filter.days, scale);
    const [first, last] = filter.days ?? this.range;
    this.period.textContent = formatDays(toTime(first), toTime(last));
    this.reset.hidden = filter.days === null;
    this.chart.setAttribute("aria-label", texts.histogram(this.period.textContent, texts.mentions(mentionCount, formatCount(mentionCount))));
  }

  private drawAxis(bins: Bins, scale: Scale): void {
    const format = makeTickFormat(bins.unit);
    const ticks = chooseTicks(bins, scale).map((day) => {
      const tick = element("span", {}, format.format(toTime(day)));
      tick.style.left = `${scale.toPixel(day)}px`;
      return tick;
    });
    this.axis.replaceChildren(...ticks);
  }
}

function traceBar(scale: Scale, { edges }: Bins, bar: number, share: number): string {
  const room = scale.toPixel(edges[bar + 1]!) - scale.toPixel(edges[bar]!);
  const gap = room > 4 ? 1 : room > 2 ? 0.5 : 0;
  const width = Math.min(WIDEST, room - gap);
  const left = scale.toPixel(edges[bar]!) + (room - gap - width) / 2;
  const height = Math.max(2, share * (HEIGHT - 2));
  return `M${left.toFixed(1)},${HEIGHT}v${-height.toFixed(1)}h${width.toFixed(1)}v${height.toFixed(1)}z`;
}

function findRange(days: Int32Array): Days | null {
  let [first, last] = [Infinity, -Infinity];
  for (const day of days) {
    if (day === UNDATED) continue;
    if (day < first) first = day;
    if (day > last) last = day;
  }
  return first > last ? null : [first, last];
}
