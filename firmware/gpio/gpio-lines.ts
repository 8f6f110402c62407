import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Level } from './gpio.ts';

/** A line whose event buffer is watched by the event loop. */
export type Watch = object & { readonly watch: unique symbol };

/**
 * The calls of the kernel's GPIO character device (Linux, Documentation/userspace-api/gpio/chardev.rst). Chips and
 * lines are file descriptors. A line is given back when every process that has its descriptor has closed it; that of
 * an output passes to the programs that are started, that of an input does not. Each throws an Error whose `code` is the kernel's, such as EBUSY.
 */
interface GpioLines {
  chipInfo(chip: number): { label: string; lines: number };
  /** Who holds the line, as they call themselves; '' when that is not said. */
  consumer(chip: number, line: number): string;
  claimOutput(chip: number, line: number, consumer: string, initial: Level): number;
  /** The kernel puts both edges into a buffer of its own, of about `edges`; of more the oldest are lost. */
  claimInput(chip: number, line: number, consumer: string, edges: number): number;
  read(line: number): Level;
  write(line: number, level: Level): void;
  /**
   * Calls the listener for as long as the descriptor can be read from; with a status below 0 for the last time. No
   * thread is needed for it. To be ended before the descriptor is closed.
   */
  watch(descriptor: number, listener: (status: number) => void): Watch;
  unwatch(watch: Watch): void;
}

const file = new URL(`../../build/native/${process.arch}/gpio-lines.node`, import.meta.url);

export const gpioLines: GpioLines = createRequire(import.meta.url)(fileURLToPath(file));
