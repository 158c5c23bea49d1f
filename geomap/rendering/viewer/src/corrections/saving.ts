// Saving corrections where `geomap watch --serve` shows the map: it says so in the page, and takes them over at once.
import type { Correction } from "./correction";
import { writeTable } from "./table";

/** Sends corrections to the server of the map; rejects with what it says where it refuses. */
export type Save = (corrections: readonly Correction[]) => Promise<void>;

/** The way to save, null where the page is a mere file. */
export function findSave(page: Document = document): Save | null {
  const address = page.querySelector<HTMLMetaElement>('meta[name="geomap-corrections"]')?.content;
  if (address === undefined) return null;
  return async (corrections) => {
    const answer = await fetch(address, { method: "POST", body: writeTable(corrections), headers: { "Content-Type": "text/csv; charset=utf-8" } });
    if (!answer.ok) throw new Error((await answer.text()).slice(0, 500)); // then nothing of them was taken over
  };
}
