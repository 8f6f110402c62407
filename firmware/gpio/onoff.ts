import { closeSync, existsSync, openSync, readSync, writeFileSync } from 'node:fs';
import { type Direction, type Edge, Gpio as SysfsLine } from 'onoff';
import { checkLine } from './chip.ts';
import type { Gpio, InputLine, Level, OutputLine } from './gpio.ts';
import { GpioError } from './gpio-error.ts';
import { findSysfsChip, type SysfsChip } from './sysfs-chip.ts';
import { sysfsHolder } from './sysfs-holder.ts';

const root = '/sys/class/gpio';

/** The lines of one chip through npm `onoff`, which uses the kernel's sysfs interface and epoll. */
export class OnoffGpio implements Gpio {
  readonly #chip: SysfsChip;
  readonly #lines = new Map<number, OnoffLine>();

  private constructor(chip: SysfsChip) {
    this.#chip = chip;
  }

  /** @throws GpioError GPIO_NO_CHIP, GPIO_PERMISSION, GPIO_UNAVAILABLE */
  static async open(label: string): Promise<OnoffGpio> {
    return new OnoffGpio(findSysfsChip(label, root));
  }

  async output(line: number, initial: Level): Promise<OutputLine> {
    // 'high' and 'low' set direction and level in one step; 'out' would be low for a moment first.
    return this.#claim(line, (number) => new WatchedLine(number, initial === 1 ? 'high' : 'low'));
  }

  async input(line: number): Promise<InputLine> {
    return this.#claim(line, (number) => new WatchedLine(number, 'in', 'both'));
  }

  async close(): Promise<void> {
    for (const line of this.#lines.values()) line.release();
    this.#lines.clear();
  }

  #claim(line: number, open: (number: number) => WatchedLine): OnoffLine {
    checkLine(this.#chip, line);
    if (this.#lines.has(line)) throw GpioError.inUse(line);
    const number = this.#chip.base + line;
    try {
      // A program that was killed leaves its lines exported, and onoff ignores every error on such a line.
      const exported = `${root}/gpio${number}`;
      if (existsSync(exported)) {
        const holder = sysfsHolder(exported);
        if (holder) throw GpioError.inUse(line, undefined, holder);
        writeFileSync(`${root}/unexport`, String(number));
      }
      const claimed = new OnoffLine(line, open(number));
      this.#lines.set(line, claimed);
      return claimed;
    } catch (error) {
      throw claimError(line, error);
    }
  }
}

class OnoffLine implements OutputLine, InputLine {
  readonly #number: number;
  #line: WatchedLine | undefined;

  constructor(number: number, line: WatchedLine) {
    this.#number = number;
    this.#line = line;
  }

  write(level: Level): void {
    this.#try((line) => line.writeSync(level));
  }

  read(): Level {
    return this.#try((line) => line.readNow());
  }

  onChange(listener: (level: Level) => void): void {
    this.#try((line) => line.watch((_error, level) => listener(level)));
  }

  release(): void {
    this.#line?.unexport();
    this.#line = undefined;
  }

  #try<T>(act: (line: WatchedLine) => T): T {
    if (!this.#line) throw GpioError.lineLost(this.#number);
    try {
      return act(this.#line);
    } catch (error) {
      throw GpioError.lineLost(this.#number, error);
    }
  }
}

/**
 * onoff calls `readSync` itself when an edge comes, where nobody could catch an error: a line that is gone then
 * stops being watched (it would ask for attention for ever), and the next `readNow` says so. A reading also takes
 * from its descriptor the edges that were not told yet, so `readNow` has one of its own.
 */
class WatchedLine extends SysfsLine {
  readonly #value: number;

  constructor(number: number, direction: Direction, edge?: Edge) {
    super(number, direction, edge);
    this.#value = openSync(`${root}/gpio${number}/value`, 'r');
  }

  readNow(): Level {
    const level = Buffer.alloc(1);
    readSync(this.#value, level, 0, 1, 0);
    return level.toString() === '1' ? 1 : 0;
  }

  override readSync(): Level {
    try {
      return super.readSync();
    } catch {
      this.unwatchAll();
      return 0;
    }
  }

  override unexport(): void {
    closeSync(this.#value);
    super.unexport();
  }
}

function claimError(line: number, error: unknown): GpioError {
  if (error instanceof GpioError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EBUSY') return GpioError.inUse(line, error);
  if (code === 'EACCES' || code === 'EPERM')
    return GpioError.noPermission(`GPIO line ${line} (${root})`, error);
  return GpioError.unavailable(`GPIO line ${line} cannot be claimed (${(error as Error).message})`, error);
}
