import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Level } from '../../../firmware/gpio/gpio.ts';

/** One look at a door, from outside. Times are those of `monotonicMs`. */
export interface Sight {
  readonly sign: Level;
  readonly sense: Level;
  readonly assist: Level;
  readonly sensorOpen: boolean;
  /** That were let through so far. */
  readonly frames: number;
  readonly beganMs: number;
}

/** What the looking thread is given. */
export interface DoorSamplerOrder {
  /** The files that hold the levels, on the simulator's side. */
  readonly lines: { readonly sign: string; readonly sense: string; readonly assist: string };
  /** What the sensor is a stand-in for: open as long as the watched process has this file open. */
  readonly clip: string;
  /** Where frames come out, each of `frameBytes` bytes, after a header that is shorter. */
  readonly view: string;
  readonly frameBytes: number;
  /** Between two looks. */
  readonly pauseMs: number;
  /** [1 to end, the watched process or 0] */
  readonly control: Int32Array;
}

type DoorToLookAt = Omit<DoorSamplerOrder, 'control'>;

/**
 * Looks at a door all the time, from the simulator's side and in a thread of its own: it knows nothing of what
 * `vision` believes, and goes on while that is hung or dead.
 */
export class DoorObserver implements AsyncDisposable {
  readonly violations: string[] = [];
  #sight: Sight | undefined;
  #changed = Promise.withResolvers<void>();
  readonly #control = new Int32Array(new SharedArrayBuffer(8));
  readonly #worker: Worker;

  private constructor(order: DoorToLookAt) {
    this.#worker = new Worker(new URL('door-sampler.ts', import.meta.url), {
      workerData: {
        ...order,
        control: this.#control,
      } satisfies DoorSamplerOrder,
    });
    this.#worker.on('message', (sight: Sight & { violation?: string }) => {
      if (sight.violation) this.violations.push(`${sight.violation}: ${JSON.stringify(sight)}`);
      this.#sight = sight;
      this.#changed.resolve();
      this.#changed = Promise.withResolvers();
    });
  }

  static async start(order: DoorToLookAt): Promise<DoorObserver> {
    const observer = new DoorObserver(order);
    await once(observer.#worker, 'message');
    return observer;
  }

  /** The newest look at which something had changed. */
  get sight(): Sight {
    return this.#sight!;
  }

  /** Looks at the sensor of this process from now on; none if 0. */
  watch(pid: number): void {
    Atomics.store(this.#control, 1, pid);
  }

  /** Resolves with the first look from now on that is as wanted. @throws Error after `deadlineMs` */
  async until(wanted: (sight: Sight) => boolean, deadlineMs = 120_000): Promise<Sight> {
    const late = Promise.withResolvers<'late'>();
    const timer = setTimeout(late.resolve, deadlineMs, 'late');
    try {
      while (!wanted(this.sight)) {
        if ((await Promise.race([this.#changed.promise, late.promise])) === 'late')
          throw new Error(`after ${deadlineMs} ms still so: ${JSON.stringify(this.sight)}`);
      }
      return this.sight;
    } finally {
      clearTimeout(timer);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const exit = once(this.#worker, 'exit');
    Atomics.store(this.#control, 0, 1);
    Atomics.notify(this.#control, 0);
    await exit;
  }
}
