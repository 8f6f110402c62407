import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { ShownAiming } from './shown-aiming.ts';

const STATUS = {
  endsInSeconds: 600,
  still: 1,
  coveredWhole: false,
  phase: 'watching',
  sign: 'lit',
  sense: 'lit',
  senseWired: true,
  button: 'up',
  presses: 5,
};
let folder: string;
let shown: ShownAiming;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lintel-shown-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  shown = new ShownAiming(folder);
});

/** A status that was written so long ago, as the wall clock has it now. */
async function written(agoSeconds: number): Promise<void> {
  const file = join(folder, 'status.json');
  const at = Date.now() / 1_000 - agoSeconds;
  await writeFile(file, JSON.stringify(STATUS));
  await utimes(file, at, at);
}

it('a status that a vision has left that is gone is none', async () => {
  await written(60);
  expect(await shown.status()).toBeUndefined();
  await written(1);
  expect(await shown.status()).toEqual(STATUS);
});

it('a clock that is set meanwhile does not end aiming', async () => {
  await written(1);
  expect(await shown.status()).toEqual(STATUS);
  await written(3_600);
  expect(await shown.status()).toEqual(STATUS);
});

it('a status that is not written anew for ten seconds is none', async () => {
  await written(0);
  const begunMs = performance.now();
  expect(await shown.status()).toEqual(STATUS);
  const now = vi.spyOn(performance, 'now').mockReturnValue(begunMs + 11_000);
  onTestFinished(() => now.mockRestore());
  expect(await shown.status()).toBeUndefined();
});
