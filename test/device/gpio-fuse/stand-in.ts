import { readFileSync, writeFileSync } from 'node:fs';
import type { Level } from '../../../firmware/gpio/gpio.ts';

/** The chip that plays the Raspberry Pi's in the stand-in, behind another chip, as `inside.ts` starts it. */
export const pi = { label: 'pinctrl-bcm2711', base: 520, lines: 54 };
export const chips = `pl061:512:8 ${pi.label}:${pi.base}:${pi.lines}`;

const mountpoint = process.env.LINTEL_GPIO_FUSE ?? '';

/** The other side of the stand-in's lines, which are named by their number on the Pi's chip. */
export const standIn = {
  drive: (line: number, level: Level) => put(line, 'pull', level),
  level: (line: number) => Number(get(line, 'level')) as Level,
  history: (line: number) => [...get(line, 'history')].map((level) => Number(level) as Level),
  /** Whether the line's edges go unnoticed. */
  deafen: (line: number, deaf: boolean) => put(line, 'deaf', deaf ? 1 : 0),
  /** Makes every export fail with this errno; 0 for none. */
  refuse: (errno: number) => writeFileSync(`${mountpoint}/test/refuse`, String(errno)),
};

function get(line: number, file: string): string {
  return readFileSync(`${mountpoint}/test/${pi.base + line}/${file}`, 'utf8').trim();
}

function put(line: number, file: string, value: number): void {
  writeFileSync(`${mountpoint}/test/${pi.base + line}/${file}`, String(value));
}
