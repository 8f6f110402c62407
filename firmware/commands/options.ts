import { fileURLToPath } from 'node:url';
import { InvalidArgumentError, Option } from 'commander';

/** A whole number from `least` to `most`, as an option's value. */
export function wholeNumber(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** A length of time such as `30s`, `5m` or `500ms`, in milliseconds. */
export function duration(value: string): number {
  const match = /^(\d+(?:[.]\d+)?)(ms|s|m|h)$/.exec(value);
  if (match) return Number(match[1]) * UNITS[match[2]!]!;
  throw new InvalidArgumentError('Give a number and a unit: 30s, 5m, 1h.');
}

export function profileOption(): Option {
  return new Option('--profile <profile>', 'how small a face may be')
    .choices(['near', 'far', 'careful'])
    .default('near');
}

/** Where set-up puts the models; a package says where else by this variable. */
export function modelsDir(): string {
  return process.env.LINTEL_MODELS ?? fileURLToPath(new URL('../../build/models', import.meta.url));
}

/** Shows how many frames are done, where somebody sits before it. */
export function showFrames(): { show: (frames: number) => void; clear: () => void } {
  const { stderr } = process;
  return {
    show: stderr.isTTY ? (frames) => stderr.write(`\r${frames} frames`) : () => {},
    clear: () => void (stderr.isTTY && stderr.write('\r\x1b[K')),
  };
}
