import type { I420Layout } from '../../src/frame/i420.ts';
import type { SlotRing } from '../../src/frame/slot-ring.ts';

/** Why a stream ended without being asked to: the recording was over, or the sensor or its program failed. */
export type CameraEnd =
  | { readonly reason: 'finished' }
  | { readonly reason: 'failed'; readonly error: Error };

/**
 * A sensor. Every driver passes the same contract tests (`camera.contract.ts`): frames are whole or not handed in
 * at all, the ring is filled without ever waiting for the loop, and `close` resolves only when no further frame
 * can arrive: the sensor's handle is closed, or its program is gone.
 */
export interface Camera {
  /** Known before the sensor is opened. */
  readonly layout: I420Layout;
  readonly framesPerSecond: number;

  /**
   * Opens the sensor and fills slots of `ring` until closed. Resolves when the sensor is open (frames may follow).
   * @param onEnd called at most once, and never after `close` was called
   * @throws LintelError CAMERA_... when the sensor cannot be opened; it is then known to be closed
   */
  open(ring: SlotRing, onEnd: (end: CameraEnd) => void): Promise<void>;

  /**
   * Asks the sensor for another rate, up to `framesPerSecond`; holds for openings to come, too. A driver without it is
   * no worse off for the loop: the ring keeps to the rate by itself (`FrameThinner`), whatever the sensor gives.
   */
  setRate?(framesPerSecond: number): void;

  /** Closes the sensor. May be called in any state, also while `open` is under way, and more than once. */
  close(): Promise<void>;
}
