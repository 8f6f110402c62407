import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { AimSession } from '../../firmware/aim-session.ts';
import { AIM_FILES, AimFolder } from '../../src/aiming/aim-folder.ts';
import { decodeStatus } from '../../src/aiming/shown-aiming.ts';
import { NodeDisk } from '../../src/disk/node-disk.ts';
import { initialState } from '../../src/interlock/interlock.ts';
import { stillSize } from '../../src/still/shrink-frame.ts';
import { StillThread } from '../../src/still/still-thread.ts';
import { SystemClock } from '../../src/time/system-clock.ts';

const program = new URL('../faulty/still-worker.ts', import.meta.url);
const size = stillSize({ width: 64, height: 64 });
const clock = new SystemClock();
const DEADLINE_MS = 1_500;
const LOOK_MS = 20;
const GOOD = 100;
const HANGING = 0;

it('a still over which its thread hangs is given up: none is shown, the thread is ended, and the next comes from another', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-aim-hangs-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const threads: StillThread[] = [];
  const troubles: unknown[] = [];
  const session = new AimSession({
    folder: new AimFolder(folder, new NodeDisk()),
    openEncoder: () => {
      threads.push(new StillThread({ size, clock, deadlineMs: DEADLINE_MS, program }));
      return threads.at(-1)!;
    },
    senseWired: true,
    lastsMs: 900_000,
    clock,
    door: () => ({ state: initialState(false, 'dark'), presses: 5 }),
    trouble: (error) => troubles.push(error),
  });
  const read = (name: string) => readFile(join(folder, name)).catch(() => Buffer.of());
  const shown = async () => [...(await read(AIM_FILES.still))];
  const told = async () => decodeStatus(await read(AIM_FILES.status))?.still;
  /** A picture of one brightness, as soon as one is due: until then the thread before may not be gone. */
  const show = async (brightness: number) => {
    while (!session.isDue) await delay(LOOK_MS);
    session.show((planes) => void planes.fill(brightness), undefined);
  };
  /** A thread that this machine was too slow to begin in time is replaced as one that hangs is. */
  const showsGood = async () => {
    for (await show(GOOD); (await shown()).length === 0; await delay(LOOK_MS))
      if (session.isDue) await show(GOOD);
  };

  await showsGood();
  const before = threads.length;
  troubles.length = 0;
  await show(HANGING);
  while (troubles.length === 0) await delay(LOOK_MS);
  expect(troubles).toEqual([expect.objectContaining({ code: 'STILL_FAILED' })]);
  while ((await told()) !== 0) await delay(LOOK_MS);
  expect(await shown()).toEqual([]);

  await showsGood();
  expect(threads.length).toBeGreaterThan(before);
  expect(threads[before - 1]!.planes.every((byte) => byte === 0)).toBe(true);
  await session.end('stopped');
  expect(await shown()).toEqual([]);
});
