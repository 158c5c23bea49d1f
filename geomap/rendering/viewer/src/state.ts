// What the reader chose; everything on the page follows from this and the data.

export interface State {
  readonly query: string;
  readonly indirect: boolean;
  readonly tab: "places" | "unresolved";
  /** The numbers of the chosen places: one, or several that share one spot. */
  readonly chosen: readonly number[];
}

type Listener = (state: State, before: State) => void;

export class Store {
  private readonly listeners: Listener[] = [];

  constructor(private current: State) {}

  get state(): State {
    return this.current;
  }

  change(part: Partial<State>): void {
    const before = this.current;
    this.current = { ...before, ...part };
    for (const listener of this.listeners) listener(this.current, before);
  }

  follow(listener: Listener): void {
    this.listeners.push(listener);
  }
}
