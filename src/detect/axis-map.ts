/**
 * Where `count` samples lie among `size` samples, of which the picture covers `extent` (less than `size` where only
 * a part of the last one belongs to it).
 */
export class AxisMap {
  /** Output sample `i` lies at `first[i]`, and `fraction[i]` of 256 on the way to the sample after that. */
  readonly first: Int32Array;
  readonly fraction: Int32Array;
  /** The sample whose centre is nearest to output sample `i`. */
  readonly nearest: Int32Array;

  /** @param size at least 2 */
  constructor(size: number, extent: number, count: number) {
    this.first = new Int32Array(count);
    this.fraction = new Int32Array(count);
    this.nearest = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      // Centres lie at half integers.
      const position = Math.max(0, Math.min(size - 1, ((i + 0.5) * extent) / count - 0.5));
      const first = Math.min(size - 2, Math.floor(position));
      this.first[i] = first;
      this.fraction[i] = Math.round((position - first) * 256);
      this.nearest[i] = Math.round(position);
    }
  }
}
