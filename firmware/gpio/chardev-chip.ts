import { closeSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Chip, chooseChip } from './chip.ts';
import { GpioError } from './gpio-error.ts';
import { gpioLines } from './gpio-lines.ts';

/** A chip that is open. */
export interface ChardevChip extends Chip {
  readonly descriptor: number;
}

/**
 * Finds the chip with the label (see `chooseChip`) and has it open while it is used. Lines that are claimed
 * meanwhile stay claimed.
 * @param folder where the devices are: '/dev'
 * @throws GpioError GPIO_NO_CHIP; GPIO_PERMISSION when none fits of those that may be opened
 */
export function withChip<T>(label: string, folder: string, use: (chip: ChardevChip) => T): T {
  const descriptors: number[] = [];
  const chips: ChardevChip[] = [];
  let denied: unknown;
  try {
    for (const file of chipFiles(folder)) {
      try {
        const descriptor = openSync(file, 'r+');
        descriptors.push(descriptor);
        chips.push({ descriptor, ...gpioLines.chipInfo(descriptor) });
      } catch (error) {
        // Others are chips that are just being taken away.
        if (isDenied(error)) denied = error;
      }
    }
    return use(choose(chips, label, `${folder}/gpiochip*`, denied));
  } finally {
    for (const descriptor of descriptors) closeSync(descriptor);
  }
}

/** Whether the kernel's error is about permission; EPERM when a service may not use the device. */
export function isDenied(error: unknown): boolean {
  return ['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code!);
}

function choose(chips: ChardevChip[], label: string, files: string, denied: unknown): ChardevChip {
  try {
    return chooseChip(chips, label);
  } catch (error) {
    throw denied === undefined ? error : GpioError.noPermission(files, denied);
  }
}

function chipFiles(folder: string): string[] {
  return (
    readdirSync(folder, { withFileTypes: true })
      // A link is another name of a chip that is there already (Raspberry Pi OS has them, for old programs).
      .filter((entry) => entry.name.startsWith('gpiochip') && entry.isCharacterDevice())
      .map(({ name }) => join(folder, name))
  );
}
