// The reader's choices as the fragment of the page's address, by ids that stay the same when the map is built again.
import type { Corpus } from "../data/corpus";
import { EVERYTHING, type Filter } from "../data/filter";
import { KINDS } from "../kinds";
import { type MapView, START, type State, type Tab } from "../state";
import { readDay, writeDay } from "../time/calendar";

const LONGEST = 20_000;
const LONGEST_QUERY = 500;
const TABS: readonly Tab[] = ["reports", "places", "doubt"];

export class HashFormat {
  constructor(private readonly corpus: Corpus) {}

  /** Only what differs from the start is written. */
  write(state: State): string {
    const { filter } = state;
    const parts = new URLSearchParams();
    const put = (name: string, value: string | false | null): void => {
      if (value !== false && value !== null) parts.append(name, value);
    };
    const putAll = (name: string, rows: ReadonlySet<number> | null, names: readonly string[]): void => {
      for (const row of rows ?? []) put(name, names[row] ?? null);
    };
    put("q", filter.query !== "" && filter.query);
    put("from", filter.days && writeDay(filter.days[0]));
    put("to", filter.days && writeDay(filter.days[1]));
    put("undated", !filter.undated && "no");
    putAll("source", filter.sources, this.corpus.sources);
    putAll("country", filter.countries, this.corpus.countries);
    putAll("kind", filter.kinds, KINDS);
    put("confidence", filter.confidence > 0 && String(filter.confidence));
    put("also", filter.associative === "places" && "associative");
    put("also", filter.demonyms && "demonyms");
    put("without", filter.associative === "hidden" && "associative");
    put("tab", state.tab !== START.tab && state.tab);
    for (const place of state.chosen) put("place", this.corpus.places.key(place));
    put("report", state.report !== null && (this.corpus.reports.id[state.report] ?? null));
    put("at", state.view && writeView(state.view));
    return readable(parts.toString());
  }

  /** The choices that a fragment names; whatever is unknown, out of range or no choice at all is left out. */
  read(fragment: string): State {
    const parts = new URLSearchParams(fragment.length > LONGEST ? "" : fragment.replace(/^#/, ""));
    const tab = TABS.find((one) => one === parts.get("tab")) ?? START.tab;
    const chosen = parts.getAll("place").flatMap((key) => this.corpus.places.find(key) ?? []);
    const row = this.corpus.reports.id.indexOf(parts.get("report") ?? "");
    const report = row < 0 ? null : row;
    return { filter: this.readFilter(parts), tab, chosen: [...new Set(chosen)], report, view: readView(parts.get("at")) };
  }

  private readFilter(parts: URLSearchParams): Filter {
    const rows = (name: string, names: readonly string[]): ReadonlySet<number> | null => {
      const found = parts.getAll(name).map((value) => names.indexOf(value));
      return found.some((row) => row >= 0) ? new Set(found.filter((row) => row >= 0)) : null;
    };
    const confidence = Number(parts.get("confidence"));
    return {
      ...EVERYTHING,
      query: (parts.get("q") ?? "").slice(0, LONGEST_QUERY),
      days: readDays(parts.get("from"), parts.get("to")),
      undated: parts.get("undated") !== "no",
      sources: rows("source", this.corpus.sources),
      countries: rows("country", this.corpus.countries),
      kinds: rows("kind", KINDS),
      confidence: confidence > 0 && confidence <= 100 ? Math.round(confidence) : 0,
      associative: parts.getAll("also").includes("associative") ? "places" : parts.get("without") === "associative" ? "hidden" : "quiet",
      demonyms: parts.getAll("also").includes("demonyms"),
    };
  }
}

function readDays(from: string | null, to: string | null): Filter["days"] {
  const [first, last] = [readDay(from ?? ""), readDay(to ?? "")];
  return first === null || last === null || first > last ? null : [first, last];
}

function writeView({ latitude, longitude, zoom }: MapView): string {
  const digits = Math.max(1, Math.ceil(zoom / 3));
  return [latitude.toFixed(digits), longitude.toFixed(digits), Number(zoom.toFixed(2))].join(",");
}

function readView(text: string | null): MapView | null {
  const numbers = /^(-?\d{1,2}(?:\.\d{1,9})?),(-?\d{1,3}(?:\.\d{1,9})?),(\d{1,2}(?:\.\d{1,3})?)$/.exec(text ?? "");
  if (numbers === null) return null;
  const [latitude = 0, longitude = 0, zoom = 0] = numbers.slice(1).map(Number);
  return { latitude: Math.max(-85, Math.min(85, latitude)), longitude: Math.max(-190, Math.min(190, longitude)), zoom: Math.min(20, zoom) };
}

/** Signs that may stand in a fragment as they are: links are read by people, too. */
function readable(text: string): string {
  return text.replace(/%(3A|2C|2F|40)/g, (code) => decodeURIComponent(code));
}
