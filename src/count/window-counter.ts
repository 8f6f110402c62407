import type { Direction } from './doorway.ts';
import type { Window } from './window-clock.ts';

/** What was counted in one window. It is never written anywhere: noise is added first. */
export interface ExactWindow extends Window {
  readonly in: number;
  readonly out: number;
  readonly watchedMs: number;
}

/** The exact counts of the window under way, in memory only. */
export class WindowCounter {
  readonly #window: Window;
  readonly #crossings = { in: 0, out: 0 };
  #watchedMs = 0;

  constructor(window: Window) {
    this.#window = window;
  }

  get window(): Window {
    return this.#window;
  }

  crossed(direction: Direction): void {
    this.#crossings[direction]++;
  }

  watched(milliseconds: number): void {
    this.#watchedMs += milliseconds;
  }

  exact(): ExactWindow {
    return { ...this.#window, ...this.#crossings, watchedMs: this.#watchedMs };
  }
}
