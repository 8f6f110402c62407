import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { countIn } from '../../firmware/count-in.ts';
import type { Truth } from '../../firmware/run/true-crossings.ts';
import type { Direction, DoorwayLine } from '../../src/count/doorway.ts';
import { type Crossing, compare } from './compare.ts';
import hand from './hand-counts.json' with { type: 'json' };
import { vtest } from './vtest.ts';

const built = (name: string): string => fileURLToPath(new URL(`../../build/${name}`, import.meta.url));

/** Counts from a frame on, with the far profile for small faces, the near one else. */
const count = (file: string, line: unknown, profile: 'near' | 'far', first = 0) =>
  countIn(file, {
    doorway: line as DoorwayLine,
    faces: ['in', 'out'],
    profile,
    modelsDir: built('models'),
    progress: () => {},
    first,
  });

const crossing = ([frame, direction]: readonly [number, string]): Crossing => ({
  frame,
  direction: direction as Direction,
});

describe('of recordings counted by eye', { timeout: 300_000 }, () => {
  it('the demonstration clip is counted exactly: every crossing in its direction, when it happens', async () => {
    const { line, counts } = hand.recordings.demo;
    const truth = JSON.parse(readFileSync(built('material/demo-truth.json'), 'utf8')) as Truth;
    const counted = await count(built('material/demo.mp4'), line, 'near');
    expect(counted.counts).toEqual(counts);
    const { missed, extra } = compare(counted.crossings, truth.crossings, 10);
    expect([missed, extra]).toEqual([[], []]);
  });

  it('what is counted of the end of vtest, whose faces are some ten pixels high, did happen', async () => {
    const { line, crossings } = hand.recordings.vtest;
    const FIRST = 690;
    const byEye = crossings
      .map((entry) => crossing(entry as [number, string]))
      .filter(({ frame }) => frame >= FIRST);
    const counted = await count(await vtest(), line, 'far', FIRST);
    expect(byEye).toHaveLength(7);
    // How many of them are counted is no bar to pass: npm run bench:video prints it.
    expect(compare(counted.crossings, byEye, 15).extra).toEqual([]);
  });
});

describe('a comparison', () => {
  it('pairs each crossing once, with the nearest of its direction', () => {
    const byEye = [
      [10, 'in'],
      [14, 'in'],
      [20, 'out'],
      [90, 'out'],
    ].map((entry) => crossing(entry as [number, string]));
    const counted = [
      [12, 'in'],
      [15, 'in'],
      [21, 'in'],
      [22, 'out'],
    ].map((entry) => crossing(entry as [number, string]));
    const { found, missed, extra } = compare(counted, byEye, 5);
    expect(found).toBe(3);
    expect(missed).toEqual([byEye[3]]);
    expect(extra).toEqual([counted[2]]);
  });
});
