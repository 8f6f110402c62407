import { expect, it } from 'vitest';
import type { Luck, SimulatedDisk } from '../../src/disk/simulated-disk.ts';
import { Door } from '../vision-rig/door.ts';

const WINDOW_SECONDS = 60;
const ALL_LUCK: Luck = { keepsName: () => true, keptBytes: (length) => length };

/** Watches through three windows, with the resident's choice pressed at these seconds. @returns when each report went out */
async function reportTimes(disk: SimulatedDisk, presses: readonly number[]): Promise<string[]> {
  const door = new Door({ windowSeconds: WINDOW_SECONDS, framesPerSecond: 13 });
  door.disk = disk.afterPowerCut(ALL_LUCK);
  await door.watch();
  const times: string[] = [];
  door.disk.onStep = (step, path) => {
    if (step === 'rename' && path.endsWith('.report')) times.push(`${path} at ${door.clock.monotonicMs()}`);
  };
  for (let second = 1; second < 3.5 * WINDOW_SECONDS; second++) {
    if (presses.includes(second)) door.board.press();
    await door.clock.advance(500);
    door.board.release();
    await door.clock.advance(second * 1_000 - door.clock.monotonicMs());
  }
  return times;
}

it('sends its reports at the same moments whether the camera watches or a resident has opted out (P6)', async () => {
  const used = new Door();
  await used.watch();
  await used.kill();
  const watched = await reportTimes(used.disk, []);
  expect(watched).toHaveLength(3);
  expect(await reportTimes(used.disk, [55, 65])).toEqual(watched);
});

it('says so when a window will not be reported, since the clock was set back or is not set', async () => {
  const door = new Door({ windowSeconds: WINDOW_SECONDS });
  await door.watch();
  await door.clock.advance(WINDOW_SECONDS * 1_000);
  expect(door.troubles).toEqual([]);
  for (const stepMs of [-WINDOW_SECONDS * 1_000, -door.clock.wallMs()]) {
    door.troubles.length = 0;
    door.clock.stepWall(stepMs);
    await door.clock.advance(1_000);
    expect(door.troubles).toContainEqual(
      expect.objectContaining({
        where: 'spool',
        error: expect.objectContaining({ code: 'WINDOW_UNREPORTED' }),
      }),
    );
  }
});
