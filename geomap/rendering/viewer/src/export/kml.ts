// Placemarks for Google Earth and the like, KML 2.2.
import type { Corpus } from "../data/corpus";
import type { Selection } from "../data/selection";
import { formatCount } from "../formats";
import { texts } from "../texts";
import { PLACE_COLUMNS } from "./columns";
import { makeRow, type Row } from "./rows";

/** Excerpts of one placemark; a balloon with thousands of them cannot be read. */
const MOST = 100;

/** Pieces of the file: a placemark for each place, its excerpts in the description. */
export function* writeKml(corpus: Corpus, selection: Selection): Generator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n<name>${escapeXml(corpus.title)}</name>\n`;
  for (const place of selection.places) yield writePlacemark(corpus, selection.mentionsOf(place), place);
  yield "</Document>\n</kml>\n";
}

function writePlacemark(corpus: Corpus, mentions: Uint32Array, place: number): string {
  const rows = Array.from(mentions.subarray(0, MOST), (mention) => makeRow(corpus, mention));
  const [first] = rows;
  if (first === undefined) return "";
  const { place_id, country_code, admin1, feature_code } = first;
  const data = writeData({ place_id, country_code, admin1, feature_code, mentions: mentions.length });
  return [
    `<Placemark>`,
    `<name>${escapeXml(String(first.name))}</name>`,
    `<Snippet>${escapeXml(texts.mentions(mentions.length, formatCount(mentions.length)))}</Snippet>`,
    // the description is read as HTML: so its text is escaped once for HTML and once for XML
    `<description>${escapeXml(rows.map(describe).join(""))}</description>`,
    `<ExtendedData>${data}</ExtendedData>`,
    `<Point><coordinates>${corpus.places.longitude[place]!.toFixed(6)},${corpus.places.latitude[place]!.toFixed(6)}</coordinates></Point>`,
    `</Placemark>\n`,
  ].join("");
}

/** What is known of a place, in the order of the table of places. */
function writeData(values: Readonly<Record<string, string | number | null>>): string {
  const names = PLACE_COLUMNS.filter((name) => (values[name] ?? null) !== null);
  return names.map((name) => `<Data name="${name}"><value>${escapeXml(String(values[name]))}</value></Data>`).join("");
}

function describe({ title, report_id, source, date, excerpt }: Row): string {
  const origin = [title || report_id, source, date].filter(Boolean).map((part) => escapeXml(String(part))).join(" · ");
  return `<p><b>${origin}</b><br>${escapeXml(excerpt ?? "")}</p>`;
}

/** Text for XML 1.0, without the signs that it cannot hold. */
export function escapeXml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
