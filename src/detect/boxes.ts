import { LintelError } from '../lintel-error.ts';

/** Boxes of one face in two looks at the same scene overlap at least this much. */
const SAME_FACE = 0.5;

/**
 * Boxes with scores, kept as corners, in memory that is taken once and used again for every frame: what a model
 * proposes, and the faces that are left of it.
 */
export class Boxes {
  readonly left: Float32Array;
  readonly top: Float32Array;
  readonly right: Float32Array;
  readonly bottom: Float32Array;
  readonly score: Float32Array;
  /** 1 where the score is high enough to count the face, and not only to cover it. */
  readonly countable: Uint8Array;
  length = 0;

  constructor(capacity: number) {
    this.left = new Float32Array(capacity);
    this.top = new Float32Array(capacity);
    this.right = new Float32Array(capacity);
    this.bottom = new Float32Array(capacity);
    this.score = new Float32Array(capacity);
    this.countable = new Uint8Array(capacity);
  }

  /** @throws LintelError TOO_MANY_FACES when full: what else there is to cover would not be known */
  add(left: number, top: number, right: number, bottom: number, score: number, countable = 0): void {
    const index = this.length;
    if (index === this.score.length) throw tooManyFaces(index);
    this.left[index] = left;
    this.top[index] = top;
    this.right[index] = right;
    this.bottom[index] = bottom;
    this.score[index] = score;
    this.countable[index] = countable;
    this.length = index + 1;
  }

  /** Takes box `index` out; the last one takes its place. */
  remove(index: number): void {
    const last = --this.length;
    this.left[index] = this.left[last]!;
    this.top[index] = this.top[last]!;
    this.right[index] = this.right[last]!;
    this.bottom[index] = this.bottom[last]!;
    this.score[index] = this.score[last]!;
    this.countable[index] = this.countable[last]!;
  }

  copy(others: Boxes): void {
    this.left.set(others.left);
    this.top.set(others.top);
    this.right.set(others.right);
    this.bottom.set(others.bottom);
    this.score.set(others.score);
    this.countable.set(others.countable);
    this.length = others.length;
  }

  /** Whether both tell of the same faces: as many, and each overlaps one of the others by half or more. */
  agrees(others: Boxes): boolean {
    if (this.length !== others.length) return false;
    for (let i = 0; i < this.length; i++) if (!others.#hasLike(this, i)) return false;
    return true;
  }

  #hasLike(others: Boxes, index: number): boolean {
    const { left, top, right, bottom } = others;
    for (let i = 0; i < this.length; i++) {
      if (this.overlap(i, left[index]!, top[index]!, right[index]!, bottom[index]!) >= SAME_FACE) return true;
    }
    return false;
  }

  /** Shared area over joint area, 0 (apart) to 1 (the same box). A box without area overlaps nothing. */
  overlap(index: number, left: number, top: number, right: number, bottom: number): number {
    const width = Math.min(this.right[index]!, right) - Math.max(this.left[index]!, left);
    const height = Math.min(this.bottom[index]!, bottom) - Math.max(this.top[index]!, top);
    if (!(width > 0 && height > 0)) return 0;
    const own = (this.right[index]! - this.left[index]!) * (this.bottom[index]! - this.top[index]!);
    const shared = width * height;
    return shared / (own + (right - left) * (bottom - top) - shared);
  }
}

export function tooManyFaces(most: number): LintelError {
  return new LintelError(
    'TOO_MANY_FACES',
    `more than ${most} faces in one frame: the frame is covered whole`,
  );
}
