// From the page's block to the corpus.
import { type Block, readColumns } from "./block";
import { type Corpus, type Reports, type UnresolvedName, UNRESOLVED } from "./corpus";
import { orderNewest, readDay } from "./days";
import { findFirstMentions, makeMentions } from "./mentions";
import { FORMAT, type Payload } from "./payload";
import { makePlaces } from "./places";
import { TextStore } from "./texts";

export async function openCorpus(blockId: string): Promise<Corpus> {
  const block = await readColumns(blockId);
  const payload = block.document as Payload;
  if (payload.format !== FORMAT) throw new Error("This map was written by another version of geomap: build it again.");
  const texts = new TextStore(blockId, payload.texts.first, payload.texts.files ?? [], payload.reports.id.length);
  await texts.begin();
  return makeCorpus(block, payload, texts);
}

export function makeCorpus(block: Block, payload: Payload, texts: TextStore): Corpus {
  const firstMention = findFirstMentions(block);
  const source = { text: (report: number) => texts.text(report), placeName: (place: number) => payload.places.name[place] ?? "" };
  const mentions = makeMentions(block, payload, firstMention, source);
  const countries = [...new Set(payload.places.country)].sort();
  const groups = groupByPlace(mentions.place, payload.places.id.length, payload.reports.date, firstMention);
  return {
    title: payload.title,
    version: payload.version,
    counts: payload.counts,
    sources: payload.reports.sources,
    countries,
    reports: makeReports(payload, firstMention, texts),
    places: makePlaces(block, payload.places, countries, groups),
    mentions,
    unresolved: groupUnresolved(block.signed("place"), payload.names),
    labels: payload.labels,
    tiles: payload.tiles ?? null,
    loadedTexts: () => texts.loaded(),
    loadAllTexts: () => texts.loadAll(),
    onTextsLoaded: (listener) => texts.onLoaded(listener),
  };
}

function makeReports({ reports }: Payload, firstMention: Uint32Array, texts: TextStore): Reports {
  return {
    count: reports.id.length,
    id: reports.id,
    title: reports.title,
    source: reports.source,
    date: reports.date,
    day: Int32Array.from(reports.date, readDay),
    url: reports.url,
    firstMention,
    copies: (report) => reports.copies[report] ?? [],
    text: (report) => texts.text(report),
    loadText: (report) => texts.load(report),
    sentences: (report) => texts.sentences(report),
  };
}

/** The mentions of each place one after the other, those of the newest report first. */
function groupByPlace(places: Int32Array, count: number, dates: readonly string[], firstMention: Uint32Array): { of(place: number): Uint32Array } {
  const offsets = new Uint32Array(count + 1);
  for (const place of places) if (place !== UNRESOLVED) offsets[place + 1]!++;
  for (let place = 0; place < count; place++) offsets[place + 1]! += offsets[place]!;
  const rows = new Uint32Array(offsets[count]!);
  const next = offsets.slice();
  for (const report of orderNewest(dates)) {
    for (let mention = firstMention[report]!; mention < firstMention[report + 1]!; mention++) {
      const place = places[mention]!;
      if (place !== UNRESOLVED) rows[next[place]!++] = mention;
    }
  }
  return { of: (place) => rows.subarray(offsets[place], offsets[place + 1]) };
}

function groupUnresolved(places: Int32Array, names: readonly string[]): UnresolvedName[] {
  const groups = names.map((): number[] => []);
  for (let mention = 0; mention < places.length; mention++) if (places[mention]! < 0) groups[-1 - places[mention]!]!.push(mention);
  return groups
    .map((rows, row) => ({ name: names[row]!, mentions: Uint32Array.from(rows) }))
    .sort((left, right) => right.mentions.length - left.mentions.length);
}
