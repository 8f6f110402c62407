/**
 * When the stream is not made of frames of the size that is read. A pause within a frame weighs more than one between
 * two: where frames are half as long again as they should be, every second pause is between two.
 */
const MISFIT = 16;
const WITHIN = 2;
const BETWEEN = -1;

/**
 * Tells from its pauses whether a stream without any marks is cut where its frames begin. A sensor's program writes a
 * frame as soon as it has it and then pauses until the next one, so pauses belong between frames. One within a frame
 * means that the program was held up in writing it, which is how frames get torn; if that is so again and again, bytes
 * were written that are no frame's (text), or the frames have another size.
 *
 * What cannot be told: anything of a stream without pauses, and of one whose frames are exactly twice, or several times,
 * as long as they should be; and of any stream, what comes before the first pause.
 */
export class FrameBreaks {
  readonly #pauseMs: number;
  #lastMs = Number.NaN;
  /** Whether the last pause was between two frames. */
  #inStep = true;
  #against = 0;

  constructor(framesPerSecond: number) {
    this.#pauseMs = 500 / framesPerSecond;
  }

  /**
   * Bytes have arrived.
   * @param offset how many bytes of the present frame came before them
   */
  arrived(offset: number, nowMs: number): void {
    if (nowMs - this.#lastMs > this.#pauseMs) {
      this.#inStep = offset === 0;
      this.#against = Math.max(0, this.#against + (this.#inStep ? BETWEEN : WITHIN));
    }
    this.#lastMs = nowMs;
  }

  /** At the end of a frame: whether there is nothing against it. */
  get frameIsWhole(): boolean {
    return this.#inStep;
  }

  /** No frame will be whole any more. */
  get misfit(): boolean {
    return this.#against >= MISFIT;
  }
}
