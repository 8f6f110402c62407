/**
 * Pairs rows with columns so that the costs of the pairs, plus `unpaired` for each row left alone, are least.
 * Shortest augmenting paths with potentials (Jonker and Volgenant 1987); a row may always end a path by being left
 * alone, so rows far from everything cost one look at each column. Memory is taken once.
 */
export class Assignment {
  /** The column of each row, or -1, after `solve`. */
  readonly columnOf: Int32Array;
  readonly #rowOf: Int32Array;
  readonly #costs: Float64Array;
  readonly #rowPrice: Float64Array;
  readonly #columnPrice: Float64Array;
  readonly #distance: Float64Array;
  readonly #via: Int32Array;
  readonly #reached: Uint8Array;
  #columns = 0;

  constructor(mostRows: number, mostColumns: number) {
    this.columnOf = new Int32Array(mostRows);
    this.#rowPrice = new Float64Array(mostRows);
    this.#costs = new Float64Array(mostRows * mostColumns);
    this.#rowOf = new Int32Array(mostColumns);
    this.#columnPrice = new Float64Array(mostColumns);
    this.#distance = new Float64Array(mostColumns);
    this.#via = new Int32Array(mostColumns);
    this.#reached = new Uint8Array(mostColumns);
  }

  /** Begins a problem; every pair's cost must be set before `solve`. */
  begin(columns: number): void {
    this.#columns = columns;
  }

  setCost(row: number, column: number, cost: number): void {
    this.#costs[row * this.#columns + column] = cost;
  }

  /** @param unpaired cost of a row left alone; a pair that costs more, or not a number, is never made */
  solve(rows: number, unpaired: number): void {
    this.columnOf.fill(-1, 0, rows);
    this.#rowPrice.fill(0, 0, rows);
    this.#rowOf.fill(-1, 0, this.#columns);
    this.#columnPrice.fill(0, 0, this.#columns);
    for (let row = 0; row < rows; row++) this.#place(row, unpaired);
  }

  /** Finds the cheapest way to place `first`, moving rows placed before it where that pays. */
  #place(first: number, unpaired: number): void {
    const distance = this.#distance.fill(Number.POSITIVE_INFINITY, 0, this.#columns);
    this.#reached.fill(0, 0, this.#columns);
    let row = first;
    let length = 0;
    let shortest = Number.POSITIVE_INFINITY;
    let alone = first;
    for (;;) {
      const exit = length + unpaired - this.#rowPrice[row]!;
      if (exit < shortest) {
        shortest = exit;
        alone = row;
      }
      const next = this.#nearest(row, length);
      if (next < 0 || distance[next]! >= shortest) {
        this.#settle(first, shortest);
        const left = this.columnOf[alone]!;
        this.columnOf[alone] = -1;
        if (alone !== first) this.#shift(first, left);
        return;
      }
      this.#reached[next] = 1;
      length = distance[next]!;
      row = this.#rowOf[next]!;
      if (row < 0) {
        this.#settle(first, length);
        this.#shift(first, next);
        return;
      }
    }
  }

  /** Looks from `row`, itself `length` away, at every column not yet reached. @returns the nearest of all, or -1 */
  #nearest(row: number, length: number): number {
    const distance = this.#distance;
    const offset = row * this.#columns;
    const base = length - this.#rowPrice[row]!;
    let nearest = -1;
    for (let column = 0; column < this.#columns; column++) {
      if (this.#reached[column]) continue;
      const through = base + this.#costs[offset + column]! - this.#columnPrice[column]!;
      if (through < distance[column]!) {
        distance[column] = through;
        this.#via[column] = row;
      }
      if (distance[column]! < (nearest < 0 ? Number.POSITIVE_INFINITY : distance[nearest]!)) nearest = column;
    }
    return nearest;
  }

  /** Moves the prices so that every pair on the shortest path is as cheap as can be. */
  #settle(first: number, shortest: number): void {
    this.#rowPrice[first]! += shortest;
    for (let column = 0; column < this.#columns; column++) {
      const row = this.#rowOf[column]!;
      if (!this.#reached[column]) continue;
      this.#columnPrice[column]! -= shortest - this.#distance[column]!;
      if (row >= 0) this.#rowPrice[row]! += shortest - this.#distance[column]!;
    }
  }

  /** Gives `column` to the row it was reached from, that row's old column to the one before, back to `first`. */
  #shift(first: number, column: number): void {
    for (let freed = column; ; ) {
      const row = this.#via[freed]!;
      const old = this.columnOf[row]!;
      this.columnOf[row] = freed;
      this.#rowOf[freed] = row;
      if (row === first) return;
      freed = old;
    }
  }
}
