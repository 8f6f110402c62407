/** So many pauses alike, one after another, are no chance: the stream is not made of frames of the size that is read. */
const MISFIT = 10;
/** So many, and a pause between two frames proves nothing any more. */
const SUSPECT = 2;
/** After a pause in a frame, so many others without one must follow before one is taken for whole again. */
const DOUBTED = 8;

/**
 * Tells from its pauses whether a stream without any marks is cut where its frames begin. A sensor's program writes a
 * frame as soon as it has it and then pauses until the next one, so pauses belong between frames. One within a frame
 * means that the program, or whoever reads, was held up in it, which is how frames get torn: that frame is not whole.
 *
 * Where processors are overloaded, pauses come anywhere. They are as far from each other, or as far from a frame's
 * beginning, again and again, only if bytes were written that are no frame's (text), or the frames have another size.
 *
 * What cannot be told: anything of a stream without pauses, and of one whose frames are exactly twice, or several times,
 * as long as they should be; and of any stream, what comes before the first pause.
 */
export class FrameBreaks {
  readonly #pauseMs: number;
  readonly #frameBytes: number;
  #lastMs = Number.NaN;
  /** Bytes from the last pause to the beginning of the present frame, and what was so of the pause before. */
  #sincePause = 0;
  #spacing = Number.NaN;
  #offset = Number.NaN;
  #alike = 0;
  /** Frames that are not taken for whole ones any more, the present one included. */
  #doubted = 0;

  constructor(framesPerSecond: number, frameBytes: number) {
    this.#pauseMs = 500 / framesPerSecond;
    this.#frameBytes = frameBytes;
  }

  /**
   * Bytes have arrived.
   * @param offset how many bytes of the present frame came before them
   */
  arrived(offset: number, nowMs: number): void {
    if (offset === 0) {
      this.#sincePause += this.#frameBytes;
      this.#doubted = Math.max(0, this.#doubted - 1);
    }
    if (nowMs - this.#lastMs > this.#pauseMs) this.#paused(offset);
    this.#lastMs = nowMs;
  }

  /** At the end of a frame: whether there is nothing against it. */
  get frameIsWhole(): boolean {
    return this.#doubted === 0;
  }

  /** No frame will be whole any more. */
  get misfit(): boolean {
    return this.#alike >= MISFIT;
  }

  #paused(offset: number): void {
    const spacing = this.#sincePause + offset;
    const isBetween = offset === 0 && spacing % this.#frameBytes === 0;
    const isLike = spacing === this.#spacing || offset === this.#offset;
    this.#alike = isLike && !isBetween ? this.#alike + 1 : 0;
    this.#doubted = offset === 0 && this.#alike < SUSPECT ? 0 : 1 + DOUBTED;
    this.#spacing = spacing;
    this.#offset = offset;
    this.#sincePause = -offset;
  }
}
