import fc from 'fast-check';
import { expect, it } from 'vitest';
import { carryOut } from '../vision-rig/carry-out.ts';
import { Door } from '../vision-rig/door.ts';
import { type Schedule, schedules } from '../vision-rig/schedule.ts';
import { Witness } from '../vision-rig/witness.ts';

const RUNS = 400;
/** So many of these schedules have presses that ask for aiming, and get it. */
const AIMED_AT_LEAST = 20;
const LAST_MS = 2_000;

const QUICK = { loadMs: 0, detectMs: 0, diskMs: 3, lampMs: 0, openMs: 0, closeMs: 0 };
const PRESS = { do: 'press', bounces: [], edge: 'seen', interrupted: undefined } as const;

/** What chance seldom meets: mistakes that were made once, or could be. */
const mistakes: readonly Schedule[] = [
  // The detector came back while the program was ending, and it watched again.
  {
    ...QUICK,
    closeMs: 300,
    resident: [],
    fate: [
      { afterMs: 1_000, do: 'stop', restMs: 1_000 },
      { afterMs: 100, do: 'replace detector' },
    ],
  },
  // A button that was still down when the program began again opted its resident back in.
  {
    ...QUICK,
    resident: [
      { ...PRESS, afterMs: 1_000, holdMs: 900, interrupted: { do: 'kill', atMs: 300, restMs: 200 } },
    ],
    fate: [],
  },
  // A choice that was renamed but not safe was found after a kill, relied upon, and undone by a power cut.
  {
    ...QUICK,
    diskMs: 50,
    resident: [
      { ...PRESS, afterMs: 1_000, holdMs: 3_000, interrupted: { do: 'kill', atMs: 150, restMs: 100 } },
    ],
    fate: [{ afterMs: 5_000, do: 'cut power', restMs: 100, keptNames: [] }],
  },
  // An opening that was called off answers while the next one is under way.
  {
    ...QUICK,
    openMs: 2_000,
    resident: [
      { ...PRESS, afterMs: 500, holdMs: 120 },
      { ...PRESS, afterMs: 200, holdMs: 120 },
    ],
    fate: [{ afterMs: 5_000, do: 'replace detector' }],
  },
  // The choice is changed back while the disk still writes it.
  {
    ...QUICK,
    diskMs: 200,
    resident: [
      { ...PRESS, afterMs: 4_000, holdMs: 120 },
      { ...PRESS, afterMs: 180, holdMs: 120 },
    ],
    fate: [],
  },
];

const FIVE = Array.from({ length: 5 }, () => ({ ...PRESS, afterMs: 300, holdMs: 150 }));

/** What is aimed, in the ways in which it ends. */
const aimed: readonly Schedule[] = [
  { ...QUICK, resident: [{ ...FIVE[0]!, afterMs: 8_000 }, ...FIVE.slice(1)], fate: [] },
  { ...QUICK, resident: [...FIVE, { ...PRESS, afterMs: 5_000, holdMs: 150 }], fate: [] },
  { ...QUICK, resident: FIVE, fate: [{ afterMs: 5_000, do: 'kill', restMs: 500 }] },
  { ...QUICK, diskMs: 150, resident: FIVE, fate: [{ afterMs: 8_000, do: 'stop', restMs: 500 }] },
  {
    ...QUICK,
    resident: FIVE,
    fate: [{ afterMs: 5_000, do: 'break lamp', lamp: 'dead', edge: 'seen', forMs: 300 }],
  },
];

it('keeps its promises through presses, faults, kills and power cuts in any order', async () => {
  let aimedAt = 0;
  await fc.assert(
    fc.asyncProperty(schedules, async (schedule) => {
      const { lampMs, openMs, closeMs, diskMs, ...times } = schedule;
      const door = new Door({ framesPerSecond: 15, diskMs, ...times });
      door.board.lampMs = lampMs;
      Object.assign(door.cameraFaults, { openMs, closeMs });
      await carryOut(door, schedule);

      const witness = new Witness(diskMs);
      for (const happening of door.seen) witness.take(happening);
      expect(witness.violations).toEqual([]);
      if (witness.stills > 0) aimedAt++;

      // And it is not kept by doing nothing.
      const lastMs = door.clock.monotonicMs() - LAST_MS;
      const watched = door.seen.some((seen) => seen.what === 'frame' && seen.atMs > lastMs);
      if (witness.choice !== 'either') expect(watched).toBe(witness.choice === 'watch');
      expect(door.board.level('sign')).toBe(watched ? 1 : 0);
    }),
    // The same schedules in every run, so that main stays green; LINTEL_SEED=... looks at others.
    {
      numRuns: RUNS,
      seed: Number(process.env.LINTEL_SEED ?? 1),
      examples: [...mistakes, ...aimed].map((schedule): [Schedule] => [schedule]),
    },
  );
  expect(aimedAt).toBeGreaterThan(AIMED_AT_LEAST);
});
