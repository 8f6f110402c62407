import type { I420Layout } from '../../src/frame/i420.ts';
import type { SlotRing } from '../../src/frame/slot-ring.ts';
import { LintelError } from '../../src/lintel-error.ts';
import type { Clock } from '../../src/time/clock.ts';
import type { Camera, CameraEnd } from './camera.ts';

export interface SimulatedCameraOptions {
  readonly layout: I420Layout;
  readonly framesPerSecond: number;
  readonly clock: Clock;
  readonly onSensor?: (did: SensorDid) => void;
  /** Whether the sensor takes another rate when it is asked to. */
  readonly takesRate?: boolean;
}

export interface SimulatedCameraFaults {
  /** It does not open. */
  open: boolean;
  openMs: number;
  closeMs: number;
}

/** What somebody who watches the sensor itself can see. */
export type SensorDid = 'opened' | 'took a frame' | 'was told to close' | 'closed';

/** A sensor without hardware, which fails as it is told to. Each byte of a frame says how many came before it. */
export class SimulatedCamera implements Camera {
  readonly layout: I420Layout;
  readonly framesPerSecond: number;
  readonly setRate?: (framesPerSecond: number) => void;
  /** What goes wrong from now on. */
  faults: SimulatedCameraFaults = { open: false, openMs: 0, closeMs: 0 };
  readonly #options: SimulatedCameraOptions;
  #opened: Opened | undefined;
  #rate: number;

  constructor(options: SimulatedCameraOptions) {
    this.layout = options.layout;
    this.framesPerSecond = options.framesPerSecond;
    this.#options = options;
    this.#rate = options.framesPerSecond;
    if (options.takesRate) {
      this.setRate = (framesPerSecond) => {
        this.#rate = framesPerSecond;
      };
    }
  }

  async open(ring: SlotRing, onEnd: (end: CameraEnd) => void): Promise<void> {
    const before = this.close();
    const opened: Opened = {
      before,
      ring,
      onEnd,
      frames: 0,
      isOpen: false,
      closing: undefined,
      cancel: () => {},
    };
    this.#opened = opened;
    await before;
    await this.#pass(this.faults.openMs);
    if (opened.closing) throw new LintelError('CAMERA_CLOSED', 'closed while it was being opened');
    if (this.faults.open) {
      this.#opened = undefined;
      throw new LintelError('CAMERA_FAILED', 'told not to open');
    }
    opened.isOpen = true;
    this.#options.onSensor?.('opened');
    this.#nextFrame(opened);
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    if (!opened) return;
    opened.closing ??= this.#end(opened);
    await opened.closing;
  }

  /** Ends the stream from the sensor's side. */
  end(end: CameraEnd): void {
    const opened = this.#opened;
    if (!opened?.isOpen || opened.closing) return;
    this.#shut(opened);
    opened.onEnd(end);
  }

  async #end(opened: Opened): Promise<void> {
    this.#options.onSensor?.('was told to close');
    await opened.before;
    await this.#pass(this.faults.closeMs);
    this.#shut(opened);
    if (this.#opened === opened) this.#opened = undefined;
  }

  #shut(opened: Opened): void {
    opened.cancel();
    if (!opened.isOpen) return;
    opened.isOpen = false;
    this.#options.onSensor?.('closed');
  }

  #nextFrame(opened: Opened): void {
    const { clock } = this.#options;
    opened.cancel = clock.after(1_000 / this.#rate, () => {
      this.#nextFrame(opened);
      this.#options.onSensor?.('took a frame');
      const slot = opened.ring.acquire();
      slot.bytes.fill(++opened.frames);
      opened.ring.commit(slot, clock.monotonicMs());
    });
  }

  #pass(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      if (milliseconds === 0) resolve();
      else this.#options.clock.after(milliseconds, resolve);
    });
  }
}

/** One opening of the sensor, until it is closed. */
interface Opened {
  /** Resolves when the one before is closed. */
  readonly before: Promise<void>;
  readonly ring: SlotRing;
  readonly onEnd: (end: CameraEnd) => void;
  frames: number;
  isOpen: boolean;
  closing: Promise<void> | undefined;
  cancel: () => void;
}
