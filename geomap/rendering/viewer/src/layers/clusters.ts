// Places that one zoom cannot tell apart, gathered round the most mentioned of them. Only the zoom that is looked at is
// computed, in one pass over numbers: that is what keeps a brush over many places smooth.
import { type Box, toUnitX, toUnitY } from "./geometry";

/** Pixels between the middles of two markers. */
const RADIUS = 54;

/** What is gathered: columns by row of the place, and the rows of those that count, the most mentioned first. */
export interface Gathered {
  readonly rows: ArrayLike<number>;
  readonly longitude: ArrayLike<number>;
  readonly latitude: ArrayLike<number>;
  readonly mentions: ArrayLike<number>;
  readonly confidence: ArrayLike<number>;
}

export interface Cluster {
  /** The most mentioned place: the marker stands there. */
  readonly place: number;
  /** How many places it holds. */
  readonly size: number;
  readonly mentions: number;
  /** The best confidence in it, per cent. */
  readonly confidence: number;
  readonly number: number;
}

export class Clusters {
  private readonly heads: number[] = [];
  private readonly x: number[] = [];
  private readonly y: number[] = [];
  private readonly size: number[] = [];
  private readonly mentions: number[] = [];
  private readonly confidence: number[] = [];
  private readonly membership: Uint32Array;

  constructor(
    private readonly gathered: Gathered,
    zoom: number,
  ) {
    const { rows, longitude, latitude } = gathered;
    const reach = RADIUS / (256 * 2 ** zoom);
    const grid = new Map<number, number[]>();
    this.membership = new Uint32Array(rows.length);
    for (let at = 0; at < rows.length; at++) {
      const place = rows[at]!;
      const x = toUnitX(longitude[place]!);
      const y = toUnitY(latitude[place]!);
      const column = Math.floor(x / reach);
      const line = Math.floor(y / reach);
      let cluster = this.findNear(grid, column, line, x, y, reach);
      if (cluster < 0) {
        cluster = this.begin(place, x, y);
        const key = cellKey(column, line);
        const cell = grid.get(key);
        if (cell) cell.push(cluster);
        else grid.set(key, [cluster]);
      }
      this.membership[at] = cluster;
      this.add(cluster, place);
    }
  }

  /** The clusters, single places among them, whose markers stand in a box of the unit square; the largest first. */
  find(box: Box): Cluster[] {
    const found: Cluster[] = [];
    for (let number = 0; number < this.heads.length; number++) {
      const [x, y] = [this.x[number]!, this.y[number]!];
      if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) found.push(this.describe(number));
    }
    return found.sort((left, right) => right.mentions - left.mentions);
  }

  /** Rows of the places in a cluster, the most mentioned first. */
  members(cluster: Cluster): number[] {
    const places: number[] = [];
    for (let at = 0; at < this.membership.length; at++) if (this.membership[at] === cluster.number) places.push(this.gathered.rows[at]!);
    return places;
  }

  private describe(number: number): Cluster {
    return {
      place: this.heads[number]!,
      size: this.size[number]!,
      mentions: this.mentions[number]!,
      confidence: this.confidence[number]!,
      number,
    };
  }

  private begin(place: number, x: number, y: number): number {
    this.x.push(x);
    this.y.push(y);
    this.size.push(0);
    this.mentions.push(0);
    this.confidence.push(0);
    return this.heads.push(place) - 1;
  }

  private add(cluster: number, place: number): void {
    this.size[cluster]!++;
    this.mentions[cluster]! += this.gathered.mentions[place]!;
    this.confidence[cluster] = Math.max(this.confidence[cluster]!, this.gathered.confidence[place]!);
  }

  private findNear(grid: ReadonlyMap<number, readonly number[]>, column: number, line: number, x: number, y: number, reach: number): number {
    let nearest = -1;
    let least = reach * reach;
    for (let across = column - 1; across <= column + 1; across++) {
      for (let down = line - 1; down <= line + 1; down++) {
        for (const cluster of grid.get(cellKey(across, down)) ?? []) {
          const distance = (this.x[cluster]! - x) ** 2 + (this.y[cluster]! - y) ** 2;
          if (distance < least) [nearest, least] = [cluster, distance];
        }
      }
    }
    return nearest;
  }
}

function cellKey(column: number, line: number): number {
  return (column + 1) * 0x100_0000 + line + 1;
}
