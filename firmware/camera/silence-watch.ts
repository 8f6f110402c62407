import type { SlotRing } from '../../src/frame/slot-ring.ts';
import { LintelError } from '../../src/lintel-error.ts';
import type { Clock } from '../../src/time/clock.ts';

/** Far longer than any camera takes to give its first frame, or the next one. */
const SILENT_MS = 10_000;

/**
 * Tells of a camera that is open and gives nothing, such as a program that hangs: it would be taken for one that watches
 * for ever. Whatever the driver is, it is seen at the ring.
 */
export class SilenceWatch {
  readonly #ring: SlotRing;
  readonly #clock: Clock;
  readonly #onSilent: (error: LintelError) => void;
  #cancel = (): void => {};

  /** @param onSilent called between one and two times `SILENT_MS` after the last frame, once until it begins again */
  constructor(ring: SlotRing, clock: Clock, onSilent: (error: LintelError) => void) {
    this.#ring = ring;
    this.#clock = clock;
    this.#onSilent = onSilent;
  }

  /** The camera was opened. */
  begin(): void {
    this.end();
    const before = this.#ring.handedIn;
    this.#cancel = this.#clock.after(SILENT_MS, () => {
      if (this.#ring.handedIn > before) this.begin();
      else
        this.#onSilent(
          new LintelError(
            'CAMERA_SILENT',
            `the camera has given nothing for ${SILENT_MS / 1_000} s: see its cable`,
          ),
        );
    });
  }

  /** The camera is to be closed. */
  end(): void {
    this.#cancel();
  }
}
