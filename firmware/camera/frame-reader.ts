import type { I420Layout } from '../../src/frame/i420.ts';
import type { Slot, SlotRing } from '../../src/frame/slot-ring.ts';
import type { Clock } from '../../src/time/clock.ts';
import { FrameBreaks } from './frame-breaks.ts';
import type { FramePipe } from './frame-pipe.ts';

/** How the program writes a frame: chroma as two planes, or as one of pairs (NV12); rows have the layout's strides. */
export type PixelOrder = 'i420' | 'nv12';

export interface FrameReaderOptions {
  readonly pipe: FramePipe;
  readonly order: PixelOrder;
  readonly framesPerSecond: number;
  readonly clock: Clock;
  readonly onBytes: () => void;
  readonly onFrame: () => void;
  /** Told why no frame will come any more. */
  readonly onFailure: (why: string) => void;
}

/**
 * Reads frames from a pipe straight into the ring's slots, at once and always: what the loop has no time for is dropped
 * there, and even what nobody wants any more is read, so that the program is never held up. Only whole frames that came
 * without a break are handed in.
 */
export class FrameReader {
  readonly #options: FrameReaderOptions;
  readonly #ring: SlotRing;
  readonly #breaks: FrameBreaks;
  /** Of NV12, the pairs of chroma, until they lie in their planes. */
  readonly #pairs: Uint8Array;
  #handsIn = true;
  #reads = true;
  readonly #over: Promise<void>;

  constructor(ring: SlotRing, options: FrameReaderOptions) {
    this.#options = options;
    this.#ring = ring;
    this.#breaks = new FrameBreaks(options.framesPerSecond, ring.layout.byteLength);
    this.#pairs = new Uint8Array(options.order === 'nv12' ? chromaLength(ring.layout) : 0);
    this.#over = this.#read();
  }

  /** From now on no frame is handed in, but the pipe is drained. */
  stop(): void {
    this.#handsIn = false;
  }

  /** To be called when the program is gone; resolves when nothing is read any more. */
  async finish(): Promise<void> {
    this.stop();
    this.#reads = false;
    this.#options.pipe.wake();
    await this.#over;
  }

  async #read(): Promise<void> {
    const { clock, onFrame, onFailure } = this.#options;
    let slot: Slot | undefined = this.#ring.acquire();
    try {
      while (await this.#fill(slot)) {
        const whole = this.#breaks.frameIsWhole;
        if (!this.#handsIn) continue;
        if (whole) {
          const filled = slot;
          slot = undefined;
          this.#ring.commit(filled, clock.monotonicMs());
          slot = this.#ring.acquire();
          onFrame();
        } else if (this.#breaks.misfit) {
          this.stop();
          onFailure(misfit(this.#ring.layout));
        }
      }
    } catch (error) {
      onFailure(`its frames cannot be taken in: ${(error as Error).message}`);
    } finally {
      if (slot) this.#ring.release(slot);
      this.#pairs.fill(0);
    }
  }

  /** Whether a frame lies in `slot`; false when nothing is to be read any more. */
  async #fill({ bytes, frame }: Slot): Promise<boolean> {
    if (this.#options.order === 'i420') return this.#take(bytes, 0);
    const luma = frame.y.byteLength;
    if (!(await this.#take(bytes.subarray(0, luma), 0)) || !(await this.#take(this.#pairs, luma)))
      return false;
    parted(this.#pairs, frame.u, frame.v);
    // From here on the slot alone holds them, which is wiped.
    this.#pairs.fill(0);
    return true;
  }

  /** @param before how many bytes of the frame came before these */
  async #take(into: Uint8Array, before: number): Promise<boolean> {
    const { pipe, clock, onBytes } = this.#options;
    for (let filled = 0; filled < into.byteLength; ) {
      const length = await pipe.read(into, filled);
      if (!this.#reads) return false;
      this.#breaks.arrived(before + filled, clock.monotonicMs());
      filled += length;
      onBytes();
    }
    return true;
  }
}

function misfit({ width, height }: I420Layout): string {
  return (
    `what it writes are not frames of ${width}x${height} alone, one after another: ` +
    'set a width that is a multiple of 128, or another driver'
  );
}

function chromaLength({ chromaStride, chromaHeight }: I420Layout): number {
  return 2 * chromaStride * chromaHeight;
}

/** Puts the first of each pair into `u`, the second into `v`. */
function parted(pairs: Uint8Array, u: Uint8Array, v: Uint8Array): void {
  for (let at = 0, pair = 0; at < u.byteLength; at++, pair += 2) {
    u[at] = pairs[pair]!;
    v[at] = pairs[pair + 1]!;
  }
}
