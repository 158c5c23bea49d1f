// The bars of the histogram: as fine as there is room for.
import { addUnits, type Days, startOf, type Unit } from "./calendar";

const UNITS: readonly Unit[] = ["day", "week", "month", "quarter", "year", "decade", "century"];

export interface Bins {
  readonly unit: Unit;
  /** The first day of each bar, and behind the last bar the first day after it. */
  readonly edges: readonly number[];
}

/** Cut a period into at most so many bars of one unit. */
export function makeBins([first, last]: Days, most: number): Bins {
  const unit = UNITS.find((one) => countUnits(first, last, one) <= most) ?? "century";
  const edges = [startOf(first, unit)];
  while (edges.at(-1)! <= last) edges.push(addUnits(edges.at(-1)!, unit, 1));
  return { unit, edges };
}

/** How many fall into each bar. */
export function fillBins({ edges }: Bins, days: ArrayLike<number>, counts: ArrayLike<number>): number[] {
  const heights = new Array<number>(edges.length - 1).fill(0);
  let bar = 0;
  for (let row = 0; row < days.length; row++) {
    while (bar < heights.length - 1 && days[row]! >= edges[bar + 1]!) bar++;
    heights[bar]! += counts[row]!;
  }
  return heights;
}

/** The bar that holds a day. */
export function findBin({ edges }: Bins, day: number): number {
  const after = edges.findIndex((edge) => edge > day);
  return after < 0 ? edges.length - 2 : Math.max(0, after - 1);
}

function countUnits(first: number, last: number, unit: Unit): number {
  const shortest = { day: 1, week: 7, month: 28, quarter: 90, year: 365, decade: 3652, century: 36524 }[unit];
  return Math.ceil((last - startOf(first, unit) + 1) / shortest);
}
