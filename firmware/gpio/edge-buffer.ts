import { readSync } from 'node:fs';
import type { Level } from './gpio.ts';

// struct gpio_v2_line_event (Linux, include/uapi/linux/gpio.h), in words of 32 bits.
const EVENT_WORDS = 12;
const ID = 2;
const SEQUENCE = 4;
const RISING_EDGE = 1;

/** So many are read at a time, so that a line that never rests leaves the event loop its turn. */
const EVENTS = 64;

/** What was in the kernel's buffer of a line's edges. */
export interface Edges {
  /** The level after each edge, oldest first. */
  readonly levels: Level[];
  /** Whether others are missing between these, because the kernel's buffer was full. */
  readonly missing: boolean;
}

/** Reads a line's edges as the kernel numbers them, from 1 on. */
export class EdgeBuffer {
  readonly #words = new Uint32Array(EVENTS * EVENT_WORDS);
  #last = 0;

  /** @param descriptor can be read from without waiting. @throws Error with the kernel's code */
  read(descriptor: number): Edges {
    const bytes = readSync(descriptor, this.#words);
    const levels: Level[] = [];
    let missing = false;
    for (let at = 0; at < bytes / this.#words.BYTES_PER_ELEMENT; at += EVENT_WORDS) {
      const sequence = this.#words[at + SEQUENCE]!;
      if (sequence !== (this.#last + 1) >>> 0) missing = true;
      this.#last = sequence;
      levels.push(this.#words[at + ID] === RISING_EDGE ? 1 : 0);
    }
    return { levels, missing };
  }
}
