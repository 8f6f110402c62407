import { fileURLToPath } from 'node:url';
import { Tracker } from '../../src/count/tracker.ts';
import { DetectorThread } from '../../src/detect/detector-thread.ts';
import type { ProfileName } from '../../src/detect/profile.ts';
import type { I420Layout } from '../../src/frame/i420.ts';
import { SlotRing } from '../../src/frame/slot-ring.ts';
import { CaptureLoop } from '../../src/loop/capture-loop.ts';
import { SystemClock } from '../../src/time/system-clock.ts';

const modelsDir = fileURLToPath(new URL('../../build/models', import.meta.url));

/** The loop, shown frames that lie in memory, one at a time. */
export class LoopOverMemory {
  /** Of CPU a frame, in the best of the rounds measured. */
  leastMs = Number.POSITIVE_INFINITY;
  readonly #frames: readonly Uint8Array[];
  readonly #ring: SlotRing;
  readonly #detector: DetectorThread;
  readonly loop: CaptureLoop;
  #left = Promise.withResolvers<void>();

  static async open(
    layout: I420Layout,
    profile: ProfileName,
    kept: readonly Uint8Array[],
    looksAlways: boolean,
  ): Promise<LoopOverMemory> {
    const ready = Promise.withResolvers<void>();
    const made = new LoopOverMemory(layout, profile, kept, looksAlways, (error) =>
      error ? ready.reject(error) : ready.resolve(),
    );
    await ready.promise;
    made.loop.start();
    await made.#show(100);
    return made;
  }

  private constructor(
    layout: I420Layout,
    profile: ProfileName,
    kept: readonly Uint8Array[],
    looksAlways: boolean,
    onHealth: (error: unknown) => void,
  ) {
    const clock = new SystemClock();
    this.#frames = kept;
    const ring = new SlotRing(layout, 3);
    this.#ring = ring;
    this.#detector = new DetectorThread({
      ring,
      profile,
      modelsDir,
      threads: 1,
      clock,
      deadlineMs: 30_000,
      looksAlways,
      onHealth,
    });
    this.loop = new CaptureLoop({
      ring,
      detector: this.#detector,
      tracker: new Tracker(),
      style: 'blur',
      clock,
      sinks: [],
      count: () => {},
      onFrame: () => this.#left.resolve(),
    });
  }

  async measure(frames: number): Promise<void> {
    const before = process.cpuUsage();
    await this.#show(frames);
    const { user, system } = process.cpuUsage(before);
    this.leastMs = Math.min(this.leastMs, (user + system) / 1_000 / frames);
  }

  async close(): Promise<void> {
    this.loop.stop();
    await this.#detector.close();
  }

  async #show(frames: number): Promise<void> {
    for (let frame = 0; frame < frames; frame++) {
      this.#left = Promise.withResolvers();
      const slot = this.#ring.acquire();
      slot.bytes.set(this.#frames[frame % this.#frames.length]!);
      this.#ring.commit(slot, performance.now());
      await this.#left.promise;
    }
  }
}
