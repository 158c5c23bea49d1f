// What the reader chose; everything on the page follows from this and the data.
import { EVERYTHING, type Filter } from "./data/filter";

export type Tab = "reports" | "places" | "doubt";

export interface MapView {
  readonly latitude: number;
  readonly longitude: number;
  readonly zoom: number;
}

export interface State {
  readonly filter: Filter;
  readonly tab: Tab;
  /** Rows of the chosen places: one, or several that share one spot. */
  readonly chosen: readonly number[];
  /** Row of the report that is open in the reader. */
  readonly report: number | null;
  /** Where the map is; null until it has been drawn. */
  readonly view: MapView | null;
}

export const START: State = { filter: EVERYTHING, tab: "places", chosen: [], report: null, view: null };

type Listener = (state: State, before: State) => void;

export class Store {
  private readonly listeners: Listener[] = [];

  constructor(private current: State = START) {}

  get state(): State {
    return this.current;
  }

  change(part: Partial<State>): void {
    const before = this.current;
    this.current = { ...before, ...part };
    for (const listener of this.listeners) listener(this.current, before);
  }

  /** Change some of the filters and leave the others. */
  filter(part: Partial<Filter>): void {
    this.change({ filter: { ...this.current.filter, ...part } });
  }

  follow(listener: Listener): void {
    this.listeners.push(listener);
  }
}
