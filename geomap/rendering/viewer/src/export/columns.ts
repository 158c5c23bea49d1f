// The columns of exports, in the order in which `geomap export` writes them: one table for Python and for the page.
import { mentions, place, places } from "../../../../exporting/columns.json";

type Entry = { readonly name: string } | string;

/** Names of columns; a text in the table stands for all columns of a place. */
function listNames(entries: readonly Entry[]): string[] {
  return entries.flatMap((entry) => (typeof entry === "string" ? place : [entry])).map(({ name }) => name);
}

export const MENTION_COLUMNS: readonly string[] = listNames(mentions);
export const PLACE_COLUMNS: readonly string[] = listNames(places);
