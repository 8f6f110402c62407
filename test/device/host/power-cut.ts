import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskImage } from '../machine/disk-image.ts';
import { Machine } from '../machine/machine.ts';
import type { MachineParts } from '../machine/prepare.ts';
import type { Say } from '../program.ts';

const deadlineMs = 300_000;
const spareMiB = 64;
// What Node compiled at the first start is on that disk too, or the second one takes as long.
const program = 'NODE_COMPILE_CACHE=/data/compiled exec node /lintel/test/device/vision/cut-door.ts';

/** Cuts the machine's power in the moment in which an opt-out is acknowledged, and starts it again from its disk. */
export async function run(parts: MachineParts, say: Say): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-cut-'));
  try {
    await mkdir(join(folder, 'empty'));
    const dataDisk = join(folder, 'data.ext4');
    await diskImage(join(folder, 'empty'), dataDisk, spareMiB);
    const watchingMs = await untilAcknowledged(parts, dataDisk, say);
    const startMs = performance.now();
    const said = await again(parts, dataDisk, watchingMs);
    say({
      check:
        'an opt-out survives a power cut in the moment in which it is acknowledged, and ends by the button alone',
      seconds: (performance.now() - startMs) / 1000,
      ...(said.join() !== 'dark,came back' && { error: said.join('\n') }),
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @returns how long `vision` took from its start to watching */
async function untilAcknowledged(parts: MachineParts, dataDisk: string, say: Say): Promise<number> {
  await using machine = await Machine.boot(parts, { dataDisk });
  say({ figure: 'machine', value: machine.description });
  let watchingMs = 0;
  const { promise: acknowledged, resolve } = Promise.withResolvers<void>();
  const ran = machine.run(['eval', `${program} before`], deadlineMs, (line) => {
    if (line.startsWith('watching ')) watchingMs = Number(line.slice('watching '.length));
    if (line === 'acknowledged') resolve();
  });
  await Promise.race([acknowledged, ran.then(() => {})]);
  ran.catch(() => {}); // the machine goes off under it
  return watchingMs;
}

async function again(parts: MachineParts, dataDisk: string, watchingMs: number): Promise<string[]> {
  await using machine = await Machine.boot(parts, { dataDisk });
  const { output } = await machine.run(['eval', `${program} after ${watchingMs}`], deadlineMs);
  return output
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('{') && !line.startsWith('lintel guard'));
}
