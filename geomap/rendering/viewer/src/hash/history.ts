// Keeps the page's address and the reader's choices the same, so that back and forward work and a link brings it all back.
import type { State, Store } from "../state";
import type { HashFormat } from "./format";

/** Changes of the same kind that follow each other faster than this are one step back: typing, dragging, playing. */
const ONE_STEP = 1500;

export class History {
  private written = "";
  private lastKind = "";
  private lastTime = 0;
  private isRestoring = false;
  /** Whether the choices come from an address that does not say where the map is. */
  isWithoutView = false;

  constructor(
    private readonly store: Store,
    private readonly format: HashFormat,
    private readonly now: () => number = () => performance.now(),
  ) {}

  start(): void {
    this.store.follow((state, before) => this.follow(state, before));
    addEventListener("popstate", () => this.restore());
    addEventListener("hashchange", () => this.restore());
  }

  /** The choices that the address names when the page opens. */
  read(): State {
    this.written = location.hash.slice(1);
    return this.format.read(location.hash);
  }

  private restore(): void {
    if (location.hash.slice(1) === this.written) return;
    const state = this.read();
    this.isRestoring = true;
    this.isWithoutView = state.view === null;
    this.lastKind = "";
    try {
      this.store.change({ ...state, view: state.view ?? this.store.state.view });
    } finally {
      this.isRestoring = false;
      this.isWithoutView = false;
    }
  }

  private follow(state: State, before: State): void {
    if (this.isRestoring) return;
    const fragment = this.format.write(state);
    if (fragment === this.written) return;
    const kind = kindOfChange(state, before);
    const isStep = kind !== "" && !(kind === this.lastKind && this.now() - this.lastTime < ONE_STEP);
    this.written = fragment;
    if (kind !== "") [this.lastKind, this.lastTime] = [kind, this.now()];
    try {
      if (isStep) history.pushState(null, "", `#${fragment}`);
      else history.replaceState(null, "", `#${fragment}`);
    } catch {
      // a browser that counts such calls refuses for a while: the next change writes the address again
      this.written = location.hash.slice(1);
    }
  }
}

/** What was changed, "" for what needs no step back: where the map is, which list is open. */
function kindOfChange(state: State, before: State): string {
  if (state.report !== before.report) return `report ${state.report}`;
  if (state.chosen !== before.chosen) return `places ${state.chosen.join(" ")}`;
  if (state.filter === before.filter) return "";
  const names = Object.keys(state.filter) as (keyof State["filter"])[];
  return names.filter((name) => state.filter[name] !== before.filter[name]).join(" ");
}
