import { closeSync } from 'node:fs';
import { type ChardevChip, isDenied, withChip } from './chardev-chip.ts';
import { checkLine } from './chip.ts';
import { EdgeBuffer } from './edge-buffer.ts';
import type { Gpio, InputLine, Level, OutputLine } from './gpio.ts';
import { GpioError } from './gpio-error.ts';
import { gpioLines, type Watch } from './gpio-lines.ts';

/** What the kernel tells others who ask for a line that is held here. */
const CONSUMER = 'lintel';
/** As many edges as the kernel keeps for a program at most. */
const BUFFERED_EDGES = 1024;

/**
 * The lines of one chip through the kernel's GPIO character device. A line is held until it is given back or this
 * process ends, however it ends; an output longer, until every program has ended that was started meanwhile. Its level
 * is then the kernel's to choose. See docs/decisions/0013-gpio-character-device.md.
 */
export class ChardevGpio implements Gpio {
  readonly #label: string;
  readonly #folder: string;
  readonly #lines = new Set<ClaimedLine>();

  private constructor(label: string, folder: string) {
    this.#label = label;
    this.#folder = folder;
  }

  /** @throws GpioError GPIO_NO_CHIP, GPIO_PERMISSION */
  static async open(label: string, folder = '/dev'): Promise<ChardevGpio> {
    withChip(label, folder, () => {});
    return new ChardevGpio(label, folder);
  }

  async output(line: number, initial: Level): Promise<OutputLine> {
    const descriptor = this.#claim(line, (chip) =>
      gpioLines.claimOutput(chip.descriptor, line, CONSUMER, initial),
    );
    return this.#keep(new ClaimedLine(line, descriptor));
  }

  async input(line: number): Promise<InputLine> {
    const descriptor = this.#claim(line, (chip) =>
      gpioLines.claimInput(chip.descriptor, line, CONSUMER, BUFFERED_EDGES),
    );
    return this.#keep(new WatchedLine(line, descriptor));
  }

  async close(): Promise<void> {
    for (const line of this.#lines) line.release();
    this.#lines.clear();
  }

  #keep<L extends ClaimedLine>(line: L): L {
    this.#lines.add(line);
    return line;
  }

  #claim(line: number, claim: (chip: ChardevChip) => number): number {
    return withChip(this.#label, this.#folder, (chip) => {
      checkLine(chip, line);
      try {
        return claim(chip);
      } catch (error) {
        throw claimError(chip, line, error);
      }
    });
  }
}

class ClaimedLine implements OutputLine {
  readonly #number: number;
  #descriptor: number | undefined;
  #lost: unknown;

  constructor(number: number, descriptor: number) {
    this.#number = number;
    this.#descriptor = descriptor;
  }

  read(): Level {
    return this.use((descriptor) => gpioLines.read(descriptor));
  }

  write(level: Level): void {
    this.use((descriptor) => gpioLines.write(descriptor, level));
  }

  release(reason?: unknown): void {
    if (this.#descriptor === undefined) return;
    this.#lost = reason;
    closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  /** @throws GpioError GPIO_IO */
  protected use<T>(act: (descriptor: number) => T): T {
    if (this.#descriptor === undefined) throw GpioError.lineLost(this.#number, this.#lost);
    try {
      return act(this.#descriptor);
    } catch (error) {
      throw GpioError.lineLost(this.#number, error);
    }
  }
}

class WatchedLine extends ClaimedLine implements InputLine {
  readonly #edges = new EdgeBuffer();
  readonly #listeners: ((level: Level) => void)[] = [];
  #watch: Watch | undefined;

  constructor(number: number, descriptor: number) {
    super(number, descriptor);
    this.#watch = gpioLines.watch(descriptor, (status) => this.#tell(status));
  }

  onChange(listener: (level: Level) => void): void {
    this.#listeners.push(listener);
  }

  override release(reason?: unknown): void {
    if (this.#watch) gpioLines.unwatch(this.#watch);
    this.#watch = undefined;
    super.release(reason);
  }

  #tell(status: number): void {
    for (const level of this.#changes(status)) {
      for (const listener of this.#listeners) {
        // Any of them may give the line back.
        if (this.#watch) listener(level);
      }
    }
  }

  /** The levels that the line has had since they were asked for last; none when it is lost. */
  #changes(status: number): Level[] {
    try {
      const { levels, missing } = this.use((descriptor) => this.#edges.read(descriptor));
      if (missing) levels.push(this.read());
      if (status >= 0) return levels;
      this.release();
    } catch (error) {
      this.release(error);
    }
    return [];
  }
}

function claimError(chip: ChardevChip, line: number, error: unknown): GpioError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EBUSY') return GpioError.inUse(line, error, gpioLines.consumer(chip.descriptor, line));
  if (isDenied(error)) return GpioError.noPermission(`GPIO line ${line} of '${chip.label}'`, error);
  return GpioError.unavailable(`GPIO line ${line} cannot be claimed (${code}: ${message})`, error);
}
