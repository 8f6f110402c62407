import { FrameThinner } from './frame-thinner.ts';
import type { I420Frame, I420Layout } from './i420.ts';
import { wipe } from './wipe.ts';

/** A place for one frame. Its bytes are shared with the detector's thread and are zero whenever it is free. */
export interface Slot {
  readonly index: number;
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  readonly frame: I420Frame;
  /** Counts the frames of this ring's life, from 1; set when the slot is handed in by the camera. */
  sequence: number;
  /** When the last byte of the frame arrived, in milliseconds of the monotonic clock. */
  capturedAt: number;
}

/**
 * The frames between the camera and the loop. The camera takes a slot to fill (`acquire`), hands it in (`commit`),
 * and is never made to wait: when the loop is behind, the oldest unread frame is wiped, counted as dropped, and
 * its slot filled anew. The loop takes the oldest unread frame (`take`) and gives it back (`release`).
 *
 * Invariant: a slot belongs to exactly one of free, filling, unread, taken; pixels are only in the last three,
 * since a slot is wiped on every way back to the first (promise P5).
 */
export class SlotRing {
  readonly layout: I420Layout;
  readonly memory: SharedArrayBuffer;
  /** Which frames that the camera hands in are kept; the others are wiped at once, so no driver need care. */
  readonly thinner = new FrameThinner();
  /** Frames that were overwritten unread because the loop was behind. */
  dropped = 0;
  /** Frames that the camera has handed in, kept or not. */
  handedIn = 0;
  readonly #prepare: ((frame: I420Frame) => void) | undefined;
  readonly #free: Slot[] = [];
  readonly #unread: Slot[] = [];
  #sequence = 0;
  #onUnread: (() => void) | undefined;
  #onFree: (() => void) | undefined;

  /**
   * @param slots at least 3: one being filled, one unread, one taken
   * @param prepare called with each frame as it is handed in, before anything else can see it
   */
  constructor(layout: I420Layout, slots = 4, prepare?: (frame: I420Frame) => void) {
    if (slots < 3) throw new RangeError('a slot ring needs at least 3 slots');
    this.layout = layout;
    this.#prepare = prepare;
    this.memory = new SharedArrayBuffer(layout.byteLength * slots);
    for (let index = 0; index < slots; index++) {
      const bytes = slotBytes(this.memory, layout, index);
      this.#free.push({ index, bytes, frame: layout.view(bytes), sequence: 0, capturedAt: 0 });
    }
  }

  /** Called whenever a frame has become ready to take. */
  onUnread(listener: () => void): void {
    this.#onUnread = listener;
  }

  /** Called whenever a slot has become free; a source that must lose no frame waits for this. */
  onFree(listener: () => void): void {
    this.#onFree = listener;
  }

  get hasFree(): boolean {
    return this.#free.length > 0;
  }

  /** A slot for the camera to fill, always at once. */
  acquire(): Slot {
    const free = this.#free.pop();
    if (free) return free;
    const oldest = this.#unread.shift();
    if (!oldest) throw new RangeError('every slot is being filled or is taken: one was not given back');
    wipe(oldest.bytes);
    this.dropped++;
    return oldest;
  }

  /**
   * The camera has filled `slot` with a whole frame, and has it no more, whatever happens here.
   * @throws what preparing the frame threw, or whoever was told of it
   */
  commit(slot: Slot, capturedAt: number): void {
    this.handedIn++;
    if (!this.thinner.takes(capturedAt)) {
      this.release(slot);
      return;
    }
    try {
      this.#prepare?.(slot.frame);
    } catch (error) {
      this.release(slot);
      throw error;
    }
    slot.sequence = ++this.#sequence;
    slot.capturedAt = capturedAt;
    this.#unread.push(slot);
    this.#onUnread?.();
  }

  /** The oldest unread frame, or undefined. */
  take(): Slot | undefined {
    return this.#unread.shift();
  }

  /** Wipes `slot`, which the loop took or the camera could not fill, and frees it. */
  release(slot: Slot): void {
    wipe(slot.bytes);
    this.#free.push(slot);
    this.#onFree?.();
  }

  /** Wipes and frees every unread frame, uncounted: the sensor was closed on purpose. */
  discardUnread(): void {
    for (let slot = this.take(); slot; slot = this.take()) this.release(slot);
  }
}

/** The bytes of slot `index` in a ring's memory; both threads find them in this way. */
export function slotBytes(
  memory: SharedArrayBuffer,
  layout: I420Layout,
  index: number,
): Uint8Array<SharedArrayBuffer> {
  return new Uint8Array(memory, index * layout.byteLength, layout.byteLength);
}
