import { existsSync } from 'node:fs';
import type { Gpio } from './gpio.ts';
import { GpioError } from './gpio-error.ts';

/** 'auto' takes onoff where the kernel has GPIO in sysfs, and else gpiod. */
export type GpioDriver = 'auto' | 'onoff' | 'gpiod';

/**
 * Opens the chip with the label, or whose label alone begins so, through a driver for real hardware.
 * @throws GpioError GPIO_NO_CHIP, GPIO_PERMISSION, GPIO_UNAVAILABLE
 */
export async function openGpio(driver: GpioDriver, label: string, sysfs = '/sys/class/gpio'): Promise<Gpio> {
  const chosen = driver === 'auto' ? (existsSync(sysfs) ? 'onoff' : 'gpiod') : driver;
  if (chosen === 'gpiod') return (await import('./gpiod.ts')).GpiodGpio.open(label);
  return (await loadOnoff()).OnoffGpio.open(label);
}

/** Loaded only where it is used: it has a native part, which a machine without GPIO may lack. */
async function loadOnoff(): Promise<typeof import('./onoff.ts')> {
  try {
    return await import('./onoff.ts');
  } catch (error) {
    throw GpioError.unavailable("onoff's native part cannot be loaded; build it with 'npm run setup'", error);
  }
}
