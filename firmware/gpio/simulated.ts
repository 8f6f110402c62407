import type { Clock } from '../../src/time/clock.ts';
import { checkLine } from './chip.ts';
import type { Gpio, InputLine, Level, OutputLine } from './gpio.ts';
import { GpioError } from './gpio-error.ts';

export interface OutputChange {
  readonly line: number;
  readonly level: Level;
  readonly atMs: number;
}

/** 'whole' shows what the sign is told; 'dead' never lights; 'shorted' always does. */
export type Lamp = 'whole' | 'dead' | 'shorted';

/** What a program holds of a line. */
interface Claim {
  readonly listeners: ((level: Level) => void)[];
}

/**
 * A chip of 54 lines without hardware; all are low until they are driven. The other side of each line is moved and
 * watched by whoever made it. Like the lines of a board, its levels outlive `close`, and it may be claimed again.
 */
export class SimulatedGpio implements Gpio {
  static readonly chip = { label: 'simulated', lines: 54 };

  readonly #clock: Clock;
  readonly #levels: Level[] = new Array<Level>(SimulatedGpio.chip.lines).fill(0);
  readonly #claims = new Map<number, Claim>();
  readonly #observers: ((change: OutputChange) => void)[] = [];
  #wired: { sign: number; sense: number } | undefined;
  #lamp: Lamp = 'whole';

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async output(line: number, initial: Level): Promise<OutputLine> {
    const claim = this.#claim(line);
    this.#write(line, initial);
    return {
      write: (level) => {
        this.#check(line, claim);
        this.#write(line, level);
      },
      read: () => this.#check(line, claim),
    };
  }

  async input(line: number): Promise<InputLine> {
    const claim = this.#claim(line);
    return {
      read: () => this.#check(line, claim),
      onChange: (listener) => void claim.listeners.push(listener),
    };
  }

  async close(): Promise<void> {
    this.#claims.clear();
  }

  /** Moves a line from its other side. An edge that is `missed` changes the level, and nobody is called. */
  drive(line: number, level: Level, edge: 'seen' | 'missed' = 'seen'): void {
    if (this.#levels[line] === level) return;
    this.#levels[line] = level;
    if (edge === 'missed') return;
    for (const listener of this.#claims.get(line)?.listeners ?? []) listener(level);
  }

  /** The level that is on the line. */
  level(line: number): Level {
    checkLine(SimulatedGpio.chip, line);
    return this.#levels[line]!;
  }

  /** Calls `observer` with every change of an output, from now on. */
  onOutput(observer: (change: OutputChange) => void): void {
    this.#observers.push(observer);
  }

  /** Has `sense` follow `sign` through a lamp, which can be broken by `setLamp`. */
  wireLamp(sign: number, sense: number): void {
    this.#wired = { sign, sense };
    this.#light();
  }

  setLamp(lamp: Lamp): void {
    this.#lamp = lamp;
    this.#light();
  }

  /** Takes a line away from the program, as a driver that is unbound would. */
  lose(line: number): void {
    this.#claims.delete(line);
  }

  #claim(line: number): Claim {
    checkLine(SimulatedGpio.chip, line);
    if (this.#claims.has(line)) throw GpioError.inUse(line);
    const claim: Claim = { listeners: [] };
    this.#claims.set(line, claim);
    return claim;
  }

  #check(line: number, claim: Claim): Level {
    if (this.#claims.get(line) !== claim) throw GpioError.lineLost(line);
    return this.level(line);
  }

  #write(line: number, level: Level): void {
    if (this.#levels[line] === level) return;
    this.#levels[line] = level;
    for (const observer of this.#observers) observer({ line, level, atMs: this.#clock.monotonicMs() });
    if (line === this.#wired?.sign) this.#light();
  }

  #light(): void {
    if (!this.#wired) return;
    const sign = this.level(this.#wired.sign);
    this.drive(this.#wired.sense, this.#lamp === 'whole' ? sign : this.#lamp === 'dead' ? 0 : 1);
  }
}
