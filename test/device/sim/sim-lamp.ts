import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Lamp } from '../../../firmware/gpio/simulated.ts';
import type { SimChip } from './sim-chip.ts';

const states = ['whole', 'dead', 'shorted'] as const satisfies Lamp[];

/** What the lamp's thread is given. */
export interface LampOrder {
  /** The level on the sign's line. */
  readonly signFile: string;
  /** Where the level of the sense line is set. */
  readonly senseFile: string;
  /** The place of its state among 'whole', 'dead', 'shorted'; -1 to end. */
  readonly state: Int32Array;
}

/** The lamp of the sign and the photodiode that sees it, in a thread of their own: `sense` follows `sign`. */
export class SimLamp implements AsyncDisposable {
  readonly #state = new Int32Array(new SharedArrayBuffer(4));
  readonly #worker: Worker;

  private constructor(chip: SimChip, sign: number, sense: number) {
    const order: LampOrder = {
      signFile: chip.valueFile(sign),
      senseFile: chip.pullFile(sense),
      state: this.#state,
    };
    this.#worker = new Worker(new URL('sim-lamp-worker.ts', import.meta.url), { workerData: order });
  }

  static async wire(chip: SimChip, sign: number, sense: number): Promise<SimLamp> {
    const lamp = new SimLamp(chip, sign, sense);
    await once(lamp.#worker, 'message');
    return lamp;
  }

  set(lamp: Lamp): void {
    this.#set(states.indexOf(lamp));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const exit = once(this.#worker, 'exit');
    this.#set(-1);
    await exit;
  }

  #set(state: number): void {
    Atomics.store(this.#state, 0, state);
    Atomics.notify(this.#state, 0);
  }
}
