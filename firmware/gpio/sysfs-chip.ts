import { readdirSync, readFileSync } from 'node:fs';
import { type Chip, chooseChip } from './chip.ts';
import { GpioError } from './gpio-error.ts';

/** A chip in /sys/class/gpio: its line n is sysfs's line `base` + n. */
export interface SysfsChip extends Chip {
  readonly base: number;
}

/**
 * Finds the chip with the label (see `chooseChip`). Since Linux 6.6 sysfs counts from 512 on, and chips come in
 * any order, so the base is always looked up.
 * @throws GpioError GPIO_NO_CHIP, GPIO_PERMISSION, GPIO_UNAVAILABLE when this kernel has no GPIO in sysfs
 */
export function findSysfsChip(label: string, root = '/sys/class/gpio'): SysfsChip {
  try {
    const folders = readdirSync(root).filter((name) => name.startsWith('gpiochip'));
    return chooseChip(
      folders.map((folder) => readChip(`${root}/${folder}`)),
      label,
    );
  } catch (error) {
    if (error instanceof GpioError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EPERM') throw GpioError.noPermission(root, error);
    throw GpioError.unavailable(
      `this kernel has no GPIO in sysfs (${root} cannot be read); use the driver 'chardev'`,
      error,
    );
  }
}

function readChip(folder: string): SysfsChip {
  const read = (name: string) => readFileSync(`${folder}/${name}`, 'utf8').trim();
  return { label: read('label'), base: Number(read('base')), lines: Number(read('ngpio')) };
}
