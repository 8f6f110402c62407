import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Level } from '../../../firmware/gpio/gpio.ts';

const tracing = '/sys/kernel/tracing';

export interface TracedWrite {
  /** The kernel's number of the line: its chip's base plus its number on the chip. */
  readonly number: number;
  readonly level: Level;
  /** As `monotonicMs`. */
  readonly atMs: number;
}

/**
 * Records, with the kernel's own trace events, what its GPIO core puts on output lines: every write, however short
 * its level lasts. What a line does when its program has died is not a write; `LineObserver` sees that.
 */
export class GpioTrace implements Disposable {
  readonly #enable = join(tracing, 'events/gpio/gpio_value/enable');

  constructor() {
    if (!existsSync(this.#enable)) throw new Error('this kernel has no trace events for GPIO');
    writeFileSync(join(tracing, 'trace_clock'), 'mono');
    writeFileSync(join(tracing, 'trace'), '');
    writeFileSync(this.#enable, '1');
  }

  /** Oldest first. */
  writes(): TracedWrite[] {
    const trace = readFileSync(join(tracing, 'trace'), 'latin1');
    return Array.from(
      trace.matchAll(/ (\d+\.\d+): gpio_value: (\d+) set ([01])$/gm),
      ([, at, number, level]) => ({
        number: Number(number),
        level: level === '1' ? 1 : 0,
        atMs: Number(at) * 1000,
      }),
    );
  }

  [Symbol.dispose](): void {
    writeFileSync(this.#enable, '0');
  }
}
