import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Level } from '../../../firmware/gpio/gpio.ts';

const configfs = '/sys/kernel/config/gpio-sim';

/**
 * A GPIO chip of the kernel's own simulator (Linux, Documentation/admin-guide/gpio/gpio-sim.rst), seen from the
 * side where the lamp, the button and the resident are. Its lines are called GPIO0, GPIO1 and so on; an input is
 * low until it is driven.
 */
export class SimChip implements Disposable {
  readonly label: string;
  readonly lines: number;
  /** What the kernel calls it, as in /dev/gpiochip1. */
  readonly name: string;
  readonly #config: string;
  readonly #device: string;

  private constructor(label: string, lines: number) {
    this.label = label;
    this.lines = lines;
    this.#config = join(configfs, label);
    const bank = join(this.#config, 'bank0');
    mkdirSync(bank, { recursive: true });
    writeFileSync(join(bank, 'num_lines'), String(lines));
    writeFileSync(join(bank, 'label'), label);
    for (const folder of this.#lineFolders()) {
      mkdirSync(folder);
      writeFileSync(join(folder, 'name'), `GPIO${folder.slice(folder.lastIndexOf('line') + 4)}`);
    }
    writeFileSync(join(this.#config, 'live'), '1');
    this.name = readFileSync(join(bank, 'chip_name'), 'utf8').trim();
    const device = readFileSync(join(this.#config, 'dev_name'), 'utf8').trim();
    this.#device = join('/sys/devices/platform', device, this.name);
  }

  /** Plugs in a chip that looks like the one of a Raspberry Pi 4, or another one. */
  static plug(label = 'pinctrl-bcm2711', lines = 54): SimChip {
    return new SimChip(label, lines);
  }

  /** The level on the line now, whoever drives it. */
  level(line: number): Level {
    return readFileSync(this.valueFile(line), 'latin1').startsWith('1') ? 1 : 0;
  }

  /** Drives a line that the program has as an input, or will. */
  drive(line: number, level: Level): void {
    writeFileSync(this.pullFile(line), level === 1 ? 'pull-up' : 'pull-down');
  }

  /** Holds the level on the line as '0' or '1'. */
  valueFile(line: number): string {
    return join(this.#device, `sim_gpio${line}`, 'value');
  }

  /** Takes 'pull-up' or 'pull-down'. */
  pullFile(line: number): string {
    return join(this.#device, `sim_gpio${line}`, 'pull');
  }

  /** Takes the chip away, whoever uses it. */
  [Symbol.dispose](): void {
    writeFileSync(join(this.#config, 'live'), '0');
    for (const folder of this.#lineFolders()) rmdirSync(folder);
    rmdirSync(join(this.#config, 'bank0'));
    rmdirSync(this.#config);
  }

  #lineFolders(): string[] {
    return Array.from({ length: this.lines }, (_, line) => join(this.#config, 'bank0', `line${line}`));
  }
}
