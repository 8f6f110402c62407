import type { Box } from '../geometry/box.ts';

/** Standard deviation of what a detector says of the centre, and of the logarithm of the size, in box sizes. */
const CENTRE_NOISE = 0.08;
const SIZE_NOISE = 0.1;
/** The same of a face's speed when first seen, in box sizes and in growth by a factor of e, a second. */
const FIRST_SPEED = 8;
const FIRST_GROWTH = 0.5;
/** How much variance that speed gains in each second after. */
const SPEED_CHANGE = 64;
const GROWTH_CHANGE = 0.5;

/** Centre (x, y), then logarithm of size (width, height). */
const AXES = 4;
/** For each axis: place and speed, the variance of place, their covariance, the variance of speed. */
const STRIDE = 5;

/**
 * Where a box is and where it will be: a Kalman filter with constant velocity for centre and size, as in SORT
 * (Bewley et al. 2016), but in real seconds, and with all noise measured in box sizes, so that near and far faces and
 * every frame rate are treated alike. Each axis is a filter of its own.
 */
export class KalmanBox {
  readonly #state = new Float64Array(AXES * STRIDE);
  readonly #measured = new Float64Array(AXES);
  /** The box's size in pixels when last seen. */
  #size: number;

  constructor(box: Readonly<Box>) {
    this.#size = this.#measure(box);
    for (let axis = 0; axis < AXES; axis++) {
      const at = axis * STRIDE;
      this.#state[at] = this.#measured[axis]!;
      this.#state[at + 2] = this.#expected(axis);
      this.#state[at + 4] = axis < 2 ? (FIRST_SPEED * this.#size) ** 2 : FIRST_GROWTH ** 2;
    }
  }

  copy(): KalmanBox {
    const copy = new KalmanBox({ x: 0, y: 0, width: 0, height: 0 });
    copy.#state.set(this.#state);
    copy.#size = this.#size;
    return copy;
  }

  /** Lets `seconds` pass. */
  predict(seconds: number): void {
    const state = this.#state;
    for (let axis = 0; axis < AXES; axis++) {
      const at = axis * STRIDE;
      const change = (axis < 2 ? SPEED_CHANGE * this.#size ** 2 : GROWTH_CHANGE) * seconds;
      state[at]! += state[at + 1]! * seconds;
      state[at + 2]! += (2 * state[at + 3]! + (state[at + 4]! + change / 3) * seconds) * seconds;
      state[at + 3]! += (state[at + 4]! + change / 2) * seconds;
      state[at + 4]! += change;
    }
  }

  /**
   * How badly `box` fits: twice its negative log-likelihood, less that of a perfect fit to a place that is known
   * exactly. So uncertainty counts against a track long unseen, which would else win by being vague.
   */
  misfit(box: Readonly<Box>): number {
    this.#measure(box);
    let misfit = 0;
    for (let axis = 0; axis < AXES; axis++) {
      const at = axis * STRIDE;
      const error = this.#measured[axis]! - this.#state[at]!;
      const variance = this.#state[at + 2]! + this.#expected(axis);
      misfit += (error * error) / variance + Math.log(variance / this.#expected(axis));
    }
    return misfit;
  }

  /**
   * How badly `later`, begun after this one's face was lost, fits as its continuation: as `misfit`, but of place and
   * speed together, each with the uncertainty of both.
   */
  misfitOf(later: KalmanBox): number {
    let misfit = 0;
    for (let axis = 0; axis < AXES; axis++) {
      const at = axis * STRIDE;
      const place = later.#state[at]! - this.#state[at]!;
      const speed = later.#state[at + 1]! - this.#state[at + 1]!;
      const variance = this.#state[at + 2]! + later.#state[at + 2]!;
      const covariance = this.#state[at + 3]! + later.#state[at + 3]!;
      const speedVariance = this.#state[at + 4]! + later.#state[at + 4]!;
      const determinant = variance * speedVariance - covariance * covariance;
      const squares =
        speedVariance * place * place - 2 * covariance * place * speed + variance * speed * speed;
      misfit += squares / determinant + Math.log(determinant / later.#expected(axis) ** 2);
    }
    return misfit;
  }

  /** Takes in that the face was seen at `box`. */
  correct(box: Readonly<Box>): void {
    this.#size = this.#measure(box);
    const state = this.#state;
    for (let axis = 0; axis < AXES; axis++) {
      const at = axis * STRIDE;
      const error = this.#measured[axis]! - state[at]!;
      const variance = state[at + 2]! + this.#expected(axis);
      const gain = state[at + 2]! / variance;
      const speedGain = state[at + 3]! / variance;
      state[at]! += gain * error;
      state[at + 1]! += speedGain * error;
      state[at + 4]! -= speedGain * state[at + 3]!;
      state[at + 3]! *= 1 - gain;
      state[at + 2]! *= 1 - gain;
    }
  }

  /** Writes the box as it is now believed to be. */
  read(into: Box): void {
    into.width = Math.exp(this.#state[2 * STRIDE]!);
    into.height = Math.exp(this.#state[3 * STRIDE]!);
    into.x = this.#state[0]! - into.width / 2;
    into.y = this.#state[STRIDE]! - into.height / 2;
  }

  /** The variance of what a detector says on this axis. */
  #expected(axis: number): number {
    return axis < 2 ? (CENTRE_NOISE * this.#size) ** 2 : SIZE_NOISE ** 2;
  }

  /** @returns the box's size: the side of the square of the same area, in pixels, at least 1 */
  #measure(box: Readonly<Box>): number {
    const width = Math.max(box.width, 1);
    const height = Math.max(box.height, 1);
    this.#measured[0] = box.x + box.width / 2;
    this.#measured[1] = box.y + box.height / 2;
    this.#measured[2] = Math.log(width);
    this.#measured[3] = Math.log(height);
    return Math.sqrt(width * height);
  }
}
