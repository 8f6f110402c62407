import { existsSync } from 'node:fs';
import type { Gpio } from './gpio.ts';
import { GpioError } from './gpio-error.ts';

/** 'auto' takes onoff where the kernel has GPIO in sysfs, and else the character device. */
export type GpioDriver = 'auto' | 'onoff' | 'chardev';

/**
 * Opens the chip with the label, or whose label alone begins so, through a driver for real hardware.
 * @throws GpioError GPIO_NO_CHIP, GPIO_PERMISSION, GPIO_UNAVAILABLE
 */
export async function openGpio(driver: GpioDriver, label: string, sysfs = '/sys/class/gpio'): Promise<Gpio> {
  const chosen = driver === 'auto' ? (existsSync(sysfs) ? 'onoff' : 'chardev') : driver;
  if (chosen === 'chardev') return (await load(chosen, () => import('./chardev.ts'))).ChardevGpio.open(label);
  return (await load(chosen, () => import('./onoff.ts'))).OnoffGpio.open(label);
}

/** Loaded only where it is used: it has a native part, which a machine without GPIO may lack. */
async function load<D>(driver: string, load: () => Promise<D>): Promise<D> {
  try {
    return await load();
  } catch (error) {
    throw GpioError.unavailable(
      `the native part of the driver '${driver}' cannot be loaded; build it with 'npm run setup'`,
      error,
    );
  }
}
