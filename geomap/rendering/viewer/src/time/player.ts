// Moves the period through the whole range, one step at a time.
import { addUnits, type Days, movePeriod, type Step, unitAround } from "./calendar";

const PAUSE = 900;

/** The period after a step; without a period the first one (or, backwards, the last). Null where the range ends. */
export function stepOn(days: Days | null, range: Days, step: Step, count: 1 | -1): Days | null {
  if (days === null) return unitAround(count > 0 ? range[0] : range[1], step);
  const moved = movePeriod(days, step, count);
  return moved[0] > range[1] || moved[1] < range[0] ? null : moved;
}

export class Player {
  private timer = 0;

  constructor(
    private readonly move: () => boolean,
    private readonly told: (isPlaying: boolean) => void,
  ) {}

  get isPlaying(): boolean {
    return this.timer !== 0;
  }

  toggle(): void {
    if (this.isPlaying) this.stop();
    else this.start();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = 0;
    this.told(false);
  }

  private start(): void {
    this.timer = window.setInterval(() => this.tick(), PAUSE);
    this.told(true);
    this.tick();
  }

  private tick(): void {
    if (!this.move()) this.stop();
  }
}

/** Where playing begins: at the period that is set, or at the start where there is none or it is the last one. */
export function isAtEnd(days: Days | null, range: Days, step: Step): boolean {
  return days === null || addUnits(days[1] + 1, step, 0) > range[1];
}
