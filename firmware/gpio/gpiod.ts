import { checkLine } from './chip.ts';
import type { Gpio, InputLine, Level, OutputLine } from './gpio.ts';
import { GpioError } from './gpio-error.ts';
import { findGpiodChip, type GpiodChip, output, toolError } from './gpiod-tools.ts';
import { HeldTool } from './held-tool.ts';

/** Kernel's debounce; what a line means once it has settled is decided in `DoorLines`. */
const DEBOUNCE = '2ms';

/**
 * The lines of one chip through the kernel's character device and the tools of libgpiod 2, for kernels that have no
 * GPIO in sysfs. Each line is held by a process of its own (see `HeldTool`); a systemd service must have
 * KillMode=process, or a stop ends the sign's before the sensor is closed. What this costs against sysfs:
 *
 * - An output is released for some milliseconds whenever it changes, and cannot be read back: `read` says what the
 *   tool that holds it was told. (Debian builds `gpioset` without --interactive.)
 * - A change of an input in the milliseconds between its first reading and its first watching shows at the next one.
 */
export class GpiodGpio implements Gpio {
  readonly #chip: GpiodChip;
  readonly #lines = new Map<number, GpiodLine>();

  private constructor(chip: GpiodChip) {
    this.#chip = chip;
  }

  /** @throws GpioError GPIO_UNAVAILABLE when libgpiod 2's tools are not there, GPIO_NO_CHIP, GPIO_PERMISSION */
  static async open(label: string): Promise<GpiodGpio> {
    return new GpiodGpio(await findGpiodChip(label));
  }

  async output(line: number, initial: Level): Promise<OutputLine> {
    return this.#claim(line, (claimed) => claimed.drive(initial));
  }

  async input(line: number): Promise<InputLine> {
    return this.#claim(line, (claimed) => claimed.watch());
  }

  async close(): Promise<void> {
    await Promise.all([...this.#lines.values()].map((line) => line.release()));
    this.#lines.clear();
  }

  async #claim(line: number, hold: (line: GpiodLine) => Promise<void>): Promise<GpiodLine> {
    checkLine(this.#chip, line);
    if (this.#lines.has(line)) throw GpioError.inUse(line);
    const claimed = new GpiodLine(this.#chip.name, line);
    this.#lines.set(line, claimed);
    try {
      await hold(claimed);
      return claimed;
    } catch (error) {
      this.#lines.delete(line);
      throw toolError(`GPIO line ${line}`, error, line);
    }
  }
}

class GpiodLine implements OutputLine, InputLine {
  readonly #chip: string;
  readonly #line: number;
  readonly #listeners: ((level: Level) => void)[] = [];
  #tool: HeldTool | undefined;
  #level: Level = 0;
  #wanted: Level = 0;
  #changes = Promise.resolve();
  #lost: unknown;

  constructor(chip: string, line: number) {
    this.#chip = chip;
    this.#line = line;
  }

  read(): Level {
    if (this.#lost) throw GpioError.lineLost(this.#line, this.#lost);
    return this.#level;
  }

  write(level: Level): void {
    this.read();
    this.#wanted = level;
    this.#changes = this.#changes.then(() => this.#change());
  }

  onChange(listener: (level: Level) => void): void {
    this.read();
    this.#listeners.push(listener);
  }

  /** Holds the line as an output. */
  async drive(level: Level): Promise<void> {
    await this.#hold('gpioset', [], `${this.#line}=${level}`);
    this.#level = level;
  }

  /** Holds the line as an input. */
  async watch(): Promise<void> {
    const numeric = await output('gpioget', '--numeric', ...this.#where(), String(this.#line));
    this.#level = numeric.trim() === '1' ? 1 : 0;
    const options = ['--edges', 'both', '--debounce-period', DEBOUNCE, '--format', '%e'];
    await this.#hold('gpiomon', options, String(this.#line), (edge) => {
      this.#level = edge === '1' ? 1 : 0;
      for (const listener of this.#listeners) listener(this.#level);
    });
  }

  async release(): Promise<void> {
    await this.#changes;
    this.#lost ??= new Error('given back');
    await this.#tool?.stop();
  }

  async #change(): Promise<void> {
    if (this.#lost || this.#level === this.#wanted) return;
    try {
      await this.#tool?.stop();
      await this.drive(this.#wanted);
    } catch (error) {
      this.#lost = error;
    }
  }

  async #hold(tool: string, options: string[], line: string, printed = (_line: string) => {}): Promise<void> {
    const command = [tool, '--banner', ...this.#where(), ...options, line];
    this.#tool = await HeldTool.start(command, { printed, lost: (reason) => (this.#lost = reason) });
  }

  #where(): string[] {
    return ['--consumer', 'lintel', '--chip', this.#chip];
  }
}
