// Which mentions a correction is about, and whether the map was built with it already.
import { type Corpus, Corrected, Usage } from "../data/corpus";
import { toCodePoints } from "../data/offsets";
import { type Correction, nameKey, usageAfter } from "./correction";
import type { Entry } from "./entry";

/** As the gazetteer's coordinates are rounded on their way into a map. */
const NEAR = 2e-5;

type Scope = Pick<Correction, "name" | "reach" | "report" | "start">;

/** Rows of the mentions with the name in the scope; of reports whose texts are not loaded only those of the very place. */
export function findConcerned(corpus: Corpus, { name, reach, report, start }: Scope): number[] {
  const { reports, mentions } = corpus;
  const key = nameKey(name);
  const row = reach === "everywhere" ? -1 : reports.id.indexOf(report);
  if (reach !== "everywhere" && row < 0) return [];
  const [first, end] = row < 0 ? [0, mentions.count] : [reports.firstMention[row]!, reports.firstMention[row + 1]!];
  const found: number[] = [];
  for (let mention = first; mention < end; mention++) {
    const text = reports.text(mentions.report[mention]!);
    if (reach === "here" && toCodePoints(text, mentions.start[mention]!) !== start) continue;
    const isKnown = text !== null || mentions.place[mention]! < 0;
    if (isKnown ? nameKey(mentions.name(mention)) === key : reach === "here") found.push(mention);
  }
  return found;
}

/** Those that the map, as it was built, has already followed. */
export function findDone(base: Corpus, entries: readonly Entry[]): Entry[] {
  const isComplete = base.loadedTexts() === base.reports.count;
  return entries.filter((entry) => (isComplete || isLoaded(base, entry)) && isDone(base, entry));
}

function isLoaded({ reports }: Corpus, { reach, report }: Entry): boolean {
  const row = reports.id.indexOf(report);
  return reach !== "everywhere" && row >= 0 && reports.text(row) !== null;
}

/** More specific corrections may hold for some of its mentions: all are corrected then, and one of them as it says. */
function isDone(base: Corpus, entry: Entry): boolean {
  const found = findConcerned(base, entry);
  const areCorrected = found.every((mention) => base.mentions.corrected[mention] === Corrected.ByBuild);
  if (entry.action === "is-not-a-place") return areCorrected && entry.progress !== "new"; // without a trace in the map
  if (entry.progress === "saved" && areCorrected) return true; // nothing is named so any more, or something narrower holds
  return found.length > 0 && areCorrected && found.some((mention) => isAt(base, mention, entry) && isUsedSo(base, mention, entry));
}

function isUsedSo({ mentions }: Corpus, mention: number, entry: Entry): boolean {
  const usage = usageAfter(entry);
  return usage === null || (usage === Usage.Literal) === (mentions.usage[mention] === Usage.Literal);
}

function isAt({ mentions, places }: Corpus, mention: number, { target }: Entry): boolean {
  const place = mentions.place[mention]!;
  if (target === null) return true;
  if (place < 0) return false;
  const anchor = places.anchor(place);
  if (target.placeId !== "" && [places.id[place], anchor?.placeId].includes(target.placeId)) return true;
  const { latitude, longitude } = anchor ?? { latitude: places.latitude[place]!, longitude: places.longitude[place]! };
  return Math.abs(latitude - target.latitude) < NEAR && Math.abs(longitude - target.longitude) < NEAR;
}
