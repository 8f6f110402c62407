import type { Level } from '../../firmware/gpio/gpio.ts';
import { type Lamp, SimulatedGpio } from '../../firmware/gpio/simulated.ts';
import type { Clock } from '../../src/time/clock.ts';
import type { Line, Seen } from './happening.ts';

export const LINES = { sign: 17, sense: 27, button: 22, assist: 23 } as const;
/** Normally closed to ground: an open contact, or a cut wire, reads high. */
const PRESSED = 1;
const RELEASED = 0;

/** A change that is `missed` is on the line, and nobody is called. */
export type Edge = 'seen' | 'missed';

/** The lines of a door with its lamp and its button, which outlive every program that drives them. */
export class Board {
  readonly gpio: SimulatedGpio;
  /** How long the lamp takes to follow the sign. */
  lampMs = 0;
  readonly #clock: Clock;
  readonly #see: (seen: Seen) => void;
  #lamp: Lamp = 'whole';

  constructor(clock: Clock, see: (seen: Seen) => void) {
    this.#clock = clock;
    this.#see = see;
    this.gpio = new SimulatedGpio(clock);
    this.gpio.onOutput(({ line, level }) => {
      if (line === LINES.assist) see({ what: 'level', line: 'assist', level });
      if (line === LINES.sign) this.#signIs(level);
    });
  }

  level(line: Line): Level {
    return this.gpio.level(LINES[line]);
  }

  setLamp(lamp: Lamp, edge: Edge = 'seen'): void {
    this.#lamp = lamp;
    this.#light(edge);
  }

  press(edge: Edge = 'seen'): void {
    this.#drive('button', PRESSED, edge);
  }

  release(edge: Edge = 'seen'): void {
    this.#drive('button', RELEASED, edge);
  }

  /** The lines fall when nothing drives them any more. */
  loseOutputs(): void {
    this.#drive('assist', 0, 'seen');
    if (this.level('sign') === 0) return;
    this.gpio.drive(LINES.sign, 0);
    this.#signIs(0);
  }

  #signIs(level: Level): void {
    this.#see({ what: 'level', line: 'sign', level });
    if (this.lampMs === 0) this.#light();
    else this.#clock.after(this.lampMs, () => this.#light());
  }

  #light(edge: Edge = 'seen'): void {
    this.#drive('sense', this.#lamp === 'whole' ? this.level('sign') : this.#lamp === 'dead' ? 0 : 1, edge);
  }

  #drive(line: Line, level: Level, edge: Edge): void {
    if (this.level(line) === level) return;
    // Seen before anybody acts on it.
    this.#see({ what: 'level', line, level });
    this.gpio.drive(LINES[line], level, edge);
  }
}
