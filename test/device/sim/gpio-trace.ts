import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Level } from '../../../firmware/gpio/gpio.ts';

const tracing = '/sys/kernel/tracing';

export interface TracedLevel {
  /** The kernel's number of the line: its chip's base plus its number on the chip. */
  readonly number: number;
  readonly level: Level;
  /** As `monotonicMs`. */
  readonly atMs: number;
}

/**
 * Records, with the kernel's own trace events, what programs read from lines or put on them: every time, however
 * short a level lasts. What a line does when its program has died is not a write; `LineObserver` sees that.
 */
export class GpioTrace implements Disposable {
  readonly #enable = join(tracing, 'events/gpio/gpio_value/enable');
  readonly #what: 'get' | 'set';

  /** @param only the lines with these kernel's numbers at these levels; of every line and level when left out */
  constructor(what: 'get' | 'set', only?: { readonly numbers: readonly number[]; readonly level: Level }) {
    this.#what = what;
    if (!existsSync(this.#enable)) throw new Error('this kernel has no trace events for GPIO');
    const conditions = [`get == ${what === 'get' ? 1 : 0}`];
    if (only) {
      conditions.push(`value == ${only.level}`, `(${only.numbers.map((n) => `gpio == ${n}`).join(' || ')})`);
    }
    writeFileSync(join(tracing, 'events/gpio/gpio_value/filter'), conditions.join(' && '));
    writeFileSync(join(tracing, 'buffer_size_kb'), '8192');
    writeFileSync(join(tracing, 'trace_clock'), 'mono');
    writeFileSync(join(tracing, 'trace'), '');
    writeFileSync(this.#enable, '1');
  }

  /** Oldest first. */
  levels(): TracedLevel[] {
    const trace = readFileSync(join(tracing, 'trace'), 'latin1');
    return Array.from(
      trace.matchAll(new RegExp(` (\\d+\\.\\d+): gpio_value: (\\d+) ${this.#what} ([01])$`, 'gm')),
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
