// Corrections as the table that `geomap correct` takes over, and as the text that a server of the map is sent.
import { writeCell } from "../export/csv";
import { type Correction, writeScope } from "./correction";

const COLUMNS = "name,scope,action,place,latitude,longitude,usage,note,by,date";

/** CSV in UTF-8 with a mark; cells that a spreadsheet would run are neutralised, and `geomap correct` restores them. */
export function writeTable(corrections: readonly Correction[]): string {
  return `\ufeff${COLUMNS}\r\n${corrections.map((one) => `${writeRow(one)}\r\n`).join("")}`;
}

function writeRow(correction: Correction): string {
  const { name, action, target, usage, note, date } = correction;
  const degrees = (value: number | undefined): number | null => (value === undefined ? null : Number(value.toFixed(6)));
  return [name, writeScope(correction), action, target?.placeId ?? "", degrees(target?.latitude), degrees(target?.longitude), usage, note, "", date]
    .map(writeCell)
    .join(",");
}
