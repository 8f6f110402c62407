import type { Clock } from '../../src/time/clock.ts';
import type { Gpio, OutputLine } from '../gpio/gpio.ts';
import { GpioError } from '../gpio/gpio-error.ts';

/** A program that held a line is waited for so long: it may still be on its way out. */
const LET_GO_MS = 5_000;
const TRY_MS = 50;

/**
 * Claims the lines, drives them low (sign dark, assist off), and gives them back. Each is tried, whatever becomes of
 * the other.
 * @throws GpioError of the first line that could not be driven
 */
export async function darken(gpio: Gpio, lines: readonly number[], clock: Clock): Promise<void> {
  const untilMs = clock.monotonicMs() + LET_GO_MS;
  const driven = await Promise.allSettled(lines.map((line) => driveLow(gpio, line, clock, untilMs)));
  await gpio.close();
  for (const { reason } of driven.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[])
    throw reason;
}

async function driveLow(gpio: Gpio, line: number, clock: Clock, untilMs: number): Promise<OutputLine> {
  for (;;) {
    try {
      return await gpio.output(line, 0);
    } catch (error) {
      const busy = error instanceof GpioError && error.code === 'GPIO_BUSY';
      if (!busy || clock.monotonicMs() >= untilMs) throw error;
    }
    await new Promise<void>((resolve) => void clock.after(TRY_MS, resolve));
  }
}
