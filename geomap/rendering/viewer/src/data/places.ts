// The places that the mentions name, from the columns of the block.
import { once } from "../once";
import { findPoint } from "../geodesy";
import { findKindRow, isAreaFeature } from "../kinds";
import type { Block } from "./block";
import type { Anchor, Places } from "./corpus";
import type { PlaceColumns } from "./payload";
import { addUpSteps } from "./steps";

/** `mentions` says which mentions a place has. */
export function makePlaces(block: Block, columns: PlaceColumns, countries: readonly string[], mentions: Places["mentions"]): Places {
  const keys = once(() => columns.id.map((id, place) => (columns.anchor[place] ? `${id}@${columns.latitude[place]},${columns.longitude[place]}` : id)));
  const rows = once(() => new Map(keys().map((key, place) => [key, place])));
  const kind = once(() => Uint8Array.from(columns.feature, (feature, place) => findKindRow(feature, columns.population[place] ?? 0)));
  const isArea = Uint8Array.from(columns.feature, (feature, place) => Number(!columns.anchor[place] && isAreaFeature(feature, columns.radius[place] ?? 0)));
  const country = new Map(countries.map((code, row) => [code, row]));
  const fine = once(() => new Polygons(block, "ring"));
  const coarse = once(() => new Polygons(block, "coarse"));
  return {
    count: columns.id.length,
    id: columns.id,
    name: columns.name,
    get kind() {
      return kind();
    },
    country: Uint16Array.from(columns.country, (code) => country.get(code) ?? 0),
    admin1: columns.admin1,
    latitude: new Float64Array(columns.latitude),
    longitude: new Float64Array(columns.longitude),
    radius: new Float64Array(columns.radius),
    isApproximate: markRows(columns.approximate, columns.id.length),
    population: new Float64Array(columns.population),
    feature: columns.feature,
    isArea,
    hasPolygon: Uint8Array.from(columns.outline, (outline) => Number(outline !== null)),
    outline: (place) => {
      const outline = columns.outline[place] ?? null;
      return typeof outline === "number" ? { fine: () => fine().rings(outline), coarse: () => coarse().rings(outline) } : outline;
    },
    anchor: (place) => findAnchor(columns, rows, place),
    key: (place) => keys()[place] ?? "",
    find: (key) => rows().get(key),
    mentions,
  };
}

function markRows(rows: readonly number[], count: number): Uint8Array {
  const marks = new Uint8Array(count);
  for (const row of rows) marks[row] = 1;
  return marks;
}

function findAnchor(columns: PlaceColumns, rows: () => ReadonlyMap<string, number>, place: number): Anchor | null {
  const anchor = columns.anchor[place];
  if (!anchor) return null;
  const [placeId, distance, bearing] = anchor;
  const known = rows().get(placeId);
  if (known !== undefined) {
    return { placeId, name: columns.name[known]!, latitude: columns.latitude[known]!, longitude: columns.longitude[known]!, distance, bearing };
  }
  // the place itself is named nowhere: where it is follows from the way back
  const { latitude, longitude } = findPoint({ latitude: columns.latitude[place]!, longitude: columns.longitude[place]! }, distance, bearing + 180);
  const own = columns.name[place]!; // "30 km south of Sumy": the words of the text, then the name of what was measured from
  const end = own.indexOf(" of ") + " of ".length;
  const name = placeId === columns.id[place] ? own : end < " of ".length ? placeId : own.slice(end);
  return { placeId, name, latitude, longitude, distance, bearing };
}

/** Outlines as rings; degrees times a thousand, each point as the step from the one before. */
class Polygons {
  private readonly firstRing: Uint32Array;
  private readonly firstStep: Uint32Array;
  private readonly steps: Int32Array;

  constructor(block: Block, name: string) {
    this.firstRing = block.offsets(`${name}Count`);
    this.firstStep = block.offsets(`${name}Size`);
    this.steps = block.signed(`${name}Step`);
  }

  rings(polygon: number): Float64Array[] {
    const rings: Float64Array[] = [];
    for (let ring = this.firstRing[polygon]!; ring < this.firstRing[polygon + 1]!; ring++) rings.push(this.ring(ring));
    return rings;
  }

  private ring(ring: number): Float64Array {
    return addUpSteps(this.steps, 2 * this.firstStep[ring]!, 2 * this.firstStep[ring + 1]!);
  }
}
