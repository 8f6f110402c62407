import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pi } from '../../device/gpio-fuse/stand-in.ts';
import type { BootedDebian } from './booted-debian.ts';

const LINE = 22;
/** Longer than a level takes to settle, and shorter than a short press may be. */
const HOLD_MS = 200;

/** Presses the button of a booted door, so many times one after another. Its wire is closed while nobody does. */
export async function press(debian: BootedDebian, times = 1): Promise<void> {
  const wire = join(debian.root, `run/gpio-fuse/test/${pi.base + LINE}/pull`);
  for (let time = 0; time < times; time++) {
    for (const level of ['1', '0']) {
      await writeFile(wire, level);
      await delay(HOLD_MS);
    }
  }
}
