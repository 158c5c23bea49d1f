// Which parts of a canvas are taken: boxes in a grid, so that asking costs the same however many there are.

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const CELL = 96;

export class Room {
  private readonly cells = new Map<string, Box[]>();

  isFree(box: Box): boolean {
    return cellsOf(box).every((cell) => this.cells.get(cell)?.every((taken) => !overlap(taken, box)) ?? true);
  }

  take(box: Box): void {
    for (const cell of cellsOf(box)) {
      const boxes = this.cells.get(cell);
      if (boxes) boxes.push(box);
      else this.cells.set(cell, [box]);
    }
  }
}

function cellsOf(box: Box): string[] {
  const cells: string[] = [];
  for (let column = Math.floor(box.left / CELL); column <= Math.floor(box.right / CELL); column++) {
    for (let row = Math.floor(box.top / CELL); row <= Math.floor(box.bottom / CELL); row++) cells.push(`${column} ${row}`);
  }
  return cells;
}

function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;
}
