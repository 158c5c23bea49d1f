// The columns of exports, in the order in which `geomap export` writes them: one table for Python and for the page.
import { mentions, place, places } from "../../../../exporting/columns.json";

/** `page` is false for what a map does not carry. */
interface Column {
  readonly name: string;
  readonly page?: boolean;
}

/** Names of columns that a map knows; a text in the table stands for all columns of a place. */
function listNames(entries: readonly (Column | string)[]): string[] {
  const columns = entries.flatMap((entry): readonly Column[] => (typeof entry === "string" ? place : [entry]));
  return columns.filter(({ page }) => page !== false).map(({ name }) => name);
}

export const MENTION_COLUMNS: readonly string[] = listNames(mentions);
export const PLACE_COLUMNS: readonly string[] = listNames(places);
