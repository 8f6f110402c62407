import { I420Layout } from '../../src/frame/i420.ts';
import type { Slot, SlotRing } from '../../src/frame/slot-ring.ts';
import { LintelError } from '../../src/lintel-error.ts';
import type { Clock } from '../../src/time/clock.ts';
import type { Camera, CameraEnd } from './camera.ts';
import { type Libcamera, loadLibcamera, type Opening } from './libcamera-part.ts';

export interface NativeCameraOptions {
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  readonly clock: Clock;
}

/** Why this driver cannot be used here, in words; undefined when it can. Whether there is a camera is another matter. */
export function nativeCameraLack(): string | undefined {
  try {
    loadLibcamera();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/**
 * The first camera that libcamera finds, through libcamera's own interface: a frame goes from the camera's DMA buffer
 * straight into its slot, and the buffer is wiped. See docs/decisions/0020-frames-from-dma-buffers.md.
 */
export class NativeCamera implements Camera {
  readonly layout: I420Layout;
  readonly framesPerSecond: number;
  readonly #libcamera: Libcamera;
  readonly #clock: Clock;
  #rate: number;
  #session: Session | undefined;

  /** @throws LintelError CAMERA_UNAVAILABLE, FRAME_SIZE */
  static async prepare(options: NativeCameraOptions): Promise<NativeCamera> {
    return new NativeCamera(loadLibcamera(), options);
  }

  private constructor(libcamera: Libcamera, options: NativeCameraOptions) {
    this.#libcamera = libcamera;
    this.#clock = options.clock;
    this.layout = new I420Layout(options.width, options.height);
    this.framesPerSecond = options.framesPerSecond;
    this.#rate = options.framesPerSecond;
  }

  async open(ring: SlotRing, onEnd: (end: CameraEnd) => void): Promise<void> {
    const before = this.close();
    this.#session = new Session(this.#libcamera, this.#clock, ring, onEnd);
    await this.#session.begin(this.layout, () => this.#rate, before);
  }

  setRate(framesPerSecond: number): void {
    this.#rate = framesPerSecond;
    this.#session?.setRate(framesPerSecond);
  }

  async close(): Promise<void> {
    await this.#session?.end();
  }
}

/** One opening of the camera, until it is closed. */
class Session {
  readonly #libcamera: Libcamera;
  readonly #clock: Clock;
  readonly #ring: SlotRing;
  readonly #onEnd: (end: CameraEnd) => void;
  readonly #opened = Promise.withResolvers<void>();
  readonly #closed = Promise.withResolvers<void>();
  #before: Promise<void> | undefined;
  #opening: Opening | undefined;
  readonly #leave = () => this.#libcamera.closeAtOnce(this.#opening!);
  #isOpen = false;
  #isEnding = false;
  /** The slot on offer: the native part may write to it until it is filled, or the camera is closed. */
  #slot: Slot | undefined;

  constructor(libcamera: Libcamera, clock: Clock, ring: SlotRing, onEnd: (end: CameraEnd) => void) {
    this.#libcamera = libcamera;
    this.#clock = clock;
    this.#ring = ring;
    this.#onEnd = onEnd;
  }

  /** @param rate asked when `before` is over */
  async begin({ width, height }: I420Layout, rate: () => number, before: Promise<void>): Promise<void> {
    this.#before = before;
    await before;
    if (this.#isEnding) throw closedMeanwhile();
    const slots = new Uint8Array(this.#ring.memory);
    try {
      this.#opening = this.#libcamera.open(slots, width, height, rate(), (what, ageMs, trouble) => {
        if (what === 'opened') this.#offer();
        else if (what === 'filled') this.#filled(ageMs!);
        else this.#over(trouble && asLintelError(trouble));
      });
    } catch (error) {
      throw asLintelError(error);
    }
    process.once('exit', this.#leave);
    await this.#opened.promise;
  }

  setRate(framesPerSecond: number): void {
    if (this.#opening && !this.#isEnding) this.#libcamera.setRate(this.#opening, framesPerSecond);
  }

  async end(): Promise<void> {
    this.#isEnding = true;
    await this.#before;
    if (!this.#opening) return;
    this.#libcamera.close(this.#opening);
    await this.#closed.promise;
  }

  #offer(): void {
    if (this.#isEnding) return;
    this.#isOpen = true;
    this.#opened.resolve();
    this.#slot = this.#ring.acquire();
    this.#libcamera.offer(this.#opening!, this.#slot.index);
  }

  #filled(ageMs: number): void {
    const slot = this.#slot;
    if (this.#isEnding || !slot) return;
    this.#slot = undefined;
    this.#ring.commit(slot, this.#clock.monotonicMs() - ageMs);
    // In a turn of its own, so that a camera which is quicker than this thread leaves it time for all else.
    setImmediate(() => this.#offer());
  }

  #over(trouble: LintelError | undefined): void {
    process.off('exit', this.#leave);
    if (this.#slot) this.#ring.release(this.#slot);
    this.#slot = undefined;
    this.#closed.resolve();
    // Of no effect once it was open.
    this.#opened.reject(trouble ?? closedMeanwhile());
    const isAsked = this.#isEnding;
    this.#isEnding = true;
    if (trouble && this.#isOpen && !isAsked) this.#onEnd({ reason: 'failed', error: trouble });
  }
}

function closedMeanwhile(): LintelError {
  return new LintelError('CAMERA_CLOSED', 'the camera was closed while it was being opened');
}

/** The native part's errors have a code and say what to do, as this project's own. */
function asLintelError(error: unknown): LintelError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new LintelError(code ?? 'CAMERA_FAILED', message);
}
