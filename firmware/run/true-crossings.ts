/** The crossings that a recording really holds, known to whoever made it and never told to `vision`. */
export interface Truth {
  readonly framesPerSecond: number;
  readonly frames: number;
  readonly crossings: readonly { readonly frame: number; readonly direction: 'in' | 'out' }[];
}

/** What truly happened before the camera in a stretch of time, given when the looping recording was playing. */
export class TrueCrossings {
  readonly #truth: Truth;
  readonly #playing: { readonly fromMs: number; untilMs: number }[] = [];

  constructor(truth: Truth) {
    this.#truth = truth;
  }

  /** The recording began to play, from its first frame on. */
  begun(atMs: number): void {
    this.#playing.push({ fromMs: atMs, untilMs: Number.POSITIVE_INFINITY });
  }

  ended(atMs: number): void {
    const last = this.#playing.at(-1);
    if (last && last.untilMs > atMs) last.untilMs = atMs;
  }

  /** Crossings from `fromMs` on and before `untilMs`, by the wall clock. */
  between(fromMs: number, untilMs: number): { in: number; out: number } {
    const sum = { in: 0, out: 0 };
    const { frames, framesPerSecond, crossings } = this.#truth;
    const loopMs = (frames / framesPerSecond) * 1_000;
    for (const played of this.#playing) {
      const from = Math.max(fromMs, played.fromMs) - played.fromMs;
      const until = Math.min(untilMs, played.untilMs) - played.fromMs;
      for (const { frame, direction } of crossings) {
        const firstMs = (frame / framesPerSecond) * 1_000;
        // How many of firstMs, firstMs + loopMs, ... lie in [from, until).
        const before = (limit: number): number => Math.max(0, Math.ceil((limit - firstMs) / loopMs));
        if (until > from) sum[direction] += before(until) - before(from);
      }
    }
    return sum;
  }
}
