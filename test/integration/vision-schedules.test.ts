import fc from 'fast-check';
import { expect, it } from 'vitest';
import { carryOut } from '../vision-rig/carry-out.ts';
import { Door } from '../vision-rig/door.ts';
import { type Schedule, schedules } from '../vision-rig/schedule.ts';
import { Witness } from '../vision-rig/witness.ts';

const RUNS = 250;
const LAST_MS = 2_000;

/** Schedules that once showed a mistake. */
const examples: [Schedule][] = [];

it('keeps its promises through presses, faults, kills and power cuts in any order', async () => {
  await fc.assert(
    fc.asyncProperty(schedules, async (schedule) => {
      const { loadMs, detectMs, lampMs } = schedule;
      const door = new Door({ framesPerSecond: 15, loadMs, detectMs });
      door.board.lampMs = lampMs;
      await carryOut(door, schedule);

      const witness = new Witness();
      for (const happening of door.seen) witness.take(happening);
      expect(witness.violations).toEqual([]);

      // And it is not kept by doing nothing.
      const lastMs = door.clock.monotonicMs() - LAST_MS;
      const watched = door.seen.some((seen) => seen.what === 'frame' && seen.atMs > lastMs);
      if (witness.choice !== 'either') expect(watched).toBe(witness.choice === 'watch');
      expect(door.board.level('sign')).toBe(watched ? 1 : 0);
    }),
    { numRuns: RUNS, examples },
  );
});
