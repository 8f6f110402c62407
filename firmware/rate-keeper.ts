import type { SlotRing } from '../src/frame/slot-ring.ts';
import { FrameRate, type RateCause } from '../src/loop/frame-rate.ts';
import type { Clock } from '../src/time/clock.ts';
import type { Camera } from './camera/camera.ts';
import type { Thermometer } from './system/thermometer.ts';

export interface RateKeeperParts {
  readonly camera: Camera;
  readonly ring: SlotRing;
  readonly clock: Clock;
  readonly thermometer: Thermometer | undefined;
  readonly onLowered: (framesPerSecond: number, cause: RateCause) => void;
}

const HEAT_MS = 10_000;

/** Keeps the camera at a rate that the loop can keep, so that no frame is taken only to be dropped. */
export class RateKeeper {
  readonly #parts: RateKeeperParts;
  readonly #rate: FrameRate;
  #framesPerSecond: number;
  #dropped = 0;
  #heatMs = Number.NEGATIVE_INFINITY;

  constructor(parts: RateKeeperParts) {
    this.#parts = parts;
    this.#framesPerSecond = parts.camera.framesPerSecond;
    this.#rate = new FrameRate(this.#framesPerSecond);
  }

  /** The rate that is asked of the camera, while that is less than its own. */
  get loweredTo(): number | undefined {
    return this.#rate.isLowered ? this.#framesPerSecond : undefined;
  }

  /** A frame has left the loop: see `LoopOptions.onFrame`. */
  frame(busyMs: number | undefined, looked: boolean): void {
    const { ring, clock } = this.#parts;
    const nowMs = clock.monotonicMs();
    // While a lost detector is replaced, what is dropped says nothing of the load.
    if (busyMs !== undefined) this.#rate.frame(busyMs, ring.dropped - this.#dropped, nowMs, looked);
    this.#dropped = ring.dropped;
    this.#keep();
    if (nowMs - this.#heatMs >= HEAT_MS) void this.#feel(nowMs);
  }

  async #feel(nowMs: number): Promise<void> {
    const { thermometer, clock } = this.#parts;
    this.#heatMs = nowMs;
    if (!thermometer) return;
    this.#rate.heat(await thermometer.celsius(), clock.monotonicMs());
    this.#keep();
  }

  #keep(): void {
    const { framesPerSecond, isLowered, cause } = this.#rate;
    const before = this.#framesPerSecond;
    if (framesPerSecond === before) return;
    this.#framesPerSecond = framesPerSecond;
    const { camera, ring, onLowered } = this.#parts;
    ring.thinner.framesPerSecond = isLowered ? framesPerSecond : Number.POSITIVE_INFINITY;
    camera.setRate?.(framesPerSecond);
    if (framesPerSecond < before) onLowered(framesPerSecond, cause);
  }
}
