// From the page's block to the corpus.
import { once } from "../once";
import { type Block, readColumns } from "./block";
import type { Corpus, Reports } from "./corpus";
import { readDay } from "./days";
import { groupByPlace, groupUnresolved } from "./groups";
import { makeMentions } from "./mentions";
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
  const firstMention = block.offsets("perReport");
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
    reports: makeReports(block, payload, firstMention, texts),
    places: makePlaces(block, payload.places, countries, groups),
    mentions,
    unresolved: groupUnresolved(mentions),
    labels: payload.labels,
    tiles: payload.tiles ?? null,
    loadedTexts: () => texts.loaded(),
    loadAllTexts: () => texts.loadAll(),
    onTextsLoaded: (listener) => texts.onLoaded(listener),
  };
}

function makeReports(block: Block, { reports }: Payload, firstMention: Uint32Array, texts: TextStore): Reports {
  const titles = once(() => block.json("titles") as string[]);
  return {
    count: reports.id.length,
    id: reports.id,
    get title() {
      return titles();
    },
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
