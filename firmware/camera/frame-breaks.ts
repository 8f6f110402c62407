/** So many more broken frames than whole ones, and the stream is not made of frames of the size that is read. */
const MOST_BROKEN = 8;

/**
 * Tells from its pauses whether a stream of frames without any marks is cut where its frames begin. A sensor's program
 * writes a frame as soon as it has it and then pauses for the next one, so a pause belongs between two frames. One
 * within a frame means that the program was held up in writing it, which is how frames get torn; in most frames, that
 * bytes were written that are no frame's (text), or that frames have another size.
 *
 * A stream without pauses tells nothing, nor does one whose frames are twice, or several times, as long as they should be.
 */
export class FrameBreaks {
  readonly #pauseMs: number;
  #lastMs = 0;
  #broken = false;
  #excess = 0;

  constructor(framesPerSecond: number) {
    this.#pauseMs = 500 / framesPerSecond;
  }

  /** @param offset how many bytes of the present frame came before these */
  arrived(offset: number, nowMs: number): void {
    if (offset === 0) this.#broken = false;
    else if (nowMs - this.#lastMs > this.#pauseMs) this.#broken = true;
    this.#lastMs = nowMs;
  }

  /** At the end of a frame: whether it came without a pause. */
  frameIsWhole(): boolean {
    this.#excess = Math.max(0, this.#excess + (this.#broken ? 1 : -1));
    return !this.#broken;
  }

  get misfit(): boolean {
    return this.#excess >= MOST_BROKEN;
  }
}
