// Days to pixels and back, and which dates are written under the axis.
import type { Bins } from "./bins";
import type { Unit } from "./calendar";

export class Scale {
  constructor(
    readonly first: number,
    readonly end: number,
    readonly width: number,
  ) {}

  toPixel(day: number): number {
    return ((day - this.first) / Math.max(1, this.end - this.first)) * this.width;
  }

  /** The day at a pixel, inside the scale. */
  toDay(pixel: number): number {
    const day = Math.floor(this.first + (pixel / Math.max(1, this.width)) * (this.end - this.first));
    return Math.max(this.first, Math.min(this.end - 1, day));
  }
}

const ROOM = 92;

/** The bars that carry a date: as many as there is room for, evenly. */
export function chooseTicks({ edges }: Bins, scale: Scale): number[] {
  const bars = edges.length - 1;
  const every = Math.max(1, Math.ceil(bars / Math.max(1, Math.floor(scale.width / ROOM))));
  return edges.slice(0, -1).filter((_, bar) => bar % every === 0);
}

const FORMS: Record<Unit, Intl.DateTimeFormatOptions> = {
  day: { day: "numeric", month: "short" },
  week: { day: "numeric", month: "short", year: "numeric" },
  month: { month: "short", year: "numeric" },
  quarter: { month: "short", year: "numeric" },
  year: { year: "numeric" },
  decade: { year: "numeric" },
  century: { year: "numeric" },
};

export function makeTickFormat(unit: Unit): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(undefined, { ...FORMS[unit], timeZone: "UTC" });
}
