import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Chip, chooseChip } from './chip.ts';
import { GpioError } from './gpio-error.ts';

const run = promisify(execFile);

/** A chip as libgpiod names it: 'gpiochip0'. */
export interface GpiodChip extends Chip {
  readonly name: string;
}

/**
 * Finds the chip with the label (see `chooseChip`) through libgpiod 2's tools.
 * @throws GpioError GPIO_UNAVAILABLE when they are not there, GPIO_NO_CHIP, GPIO_PERMISSION
 */
export async function findGpiodChip(label: string): Promise<GpiodChip> {
  try {
    const version = /v(\d+)\.\S+/.exec(await output('gpiodetect', '--version'));
    if (version?.[1] !== '2') throw wrongVersion(version?.[0]);
    return chooseChip(parseChips(await output('gpiodetect')), label);
  } catch (error) {
    throw toolError('the GPIO chips (/dev/gpiochip*)', error);
  }
}

function wrongVersion(version = 'of an unknown version'): GpioError {
  return GpioError.unavailable(
    `these are the tools of libgpiod ${version}, and version 2 is needed; install Debian's package 'gpiod' of trixie or later, or use the driver 'onoff'`,
  );
}

/** Reads lines such as 'gpiochip0 [pinctrl-bcm2711] (54 lines)'. */
export function parseChips(text: string): GpiodChip[] {
  return [...text.matchAll(/^(\S+) \[(.*)\] \((\d+) lines\)$/gm)].map(([, name, label, lines]) => ({
    name: name!,
    label: label!,
    lines: Number(lines),
  }));
}

/** What a tool prints, in English. */
export async function output(tool: string, ...options: string[]): Promise<string> {
  return (await run(tool, options, { env: { ...process.env, LC_ALL: 'C' } })).stdout;
}

/** Says what a tool's failure was about. */
export function toolError(what: string, error: unknown, line?: number): GpioError {
  if (error instanceof GpioError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') {
    return GpioError.unavailable(
      "libgpiod's tools are missing; install Debian's package 'gpiod' of trixie or later (version 2)",
      error,
    );
  }
  if (line !== undefined && /resource busy/.test(message)) return GpioError.inUse(line, error);
  if (/permission denied|not permitted/i.test(message)) return GpioError.noPermission(what, error);
  return GpioError.unavailable(`${what}: ${message.trim().split('\n').at(-1)}`, error);
}
