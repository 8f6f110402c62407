import { expect, it } from 'vitest';
import type { VisionStatus } from '../vision-status.ts';
import { describeStatus } from './describe-status.ts';

const watching: VisionStatus = {
  phase: 'watching',
  sign: 'lit',
  sense: 'lit',
  optedOut: false,
  frames: 150,
  coveredWhole: 2,
  looked: 1,
  covers: 300,
  dropped: 7,
  modelMs: 19.6,
  residentMegabytes: 201.2,
};
const now = { status: watching, atMs: 2_000 };
const before = { status: { ...watching, frames: 100 }, atMs: 0 };
const describe = (changes: Partial<VisionStatus>, waiting = 0): string =>
  describeStatus({ ...now, status: { ...watching, ...changes } }, before, waiting, true);

it('is one line on what the camera does, with the frames a second since the line before', () => {
  expect(describeStatus(now, before, 0, false)).toBe(
    'watching | sign lit | 25 frames/s | model 20 ms | frames skipped 7, covered whole 2 | 201 MB',
  );
});

it('says what the key does that a person can press', () => {
  expect(describe({})).toContain('| space: opt out, q: end |');
  expect(describe({ phase: 'optedOut', sign: 'dark', sense: 'dark', optedOut: true })).toMatch(
    /^OPTED OUT, camera closed \| sign dark \| .*space: opt in again, q: end/,
  );
});

it('says when the sign is not seen to be as it was told, and when the camera is closed for a fault', () => {
  expect(describe({ phase: 'fault', fault: 'signDark', sign: 'lit', sense: 'dark' })).toMatch(
    /^FAULT \(signDark\), camera closed \| sign lit, but seen dark \|/,
  );
});

it('says how many reports the broker has not taken', () => {
  expect(describe({}, 1)).toContain('| 1 report waits for the broker |');
  expect(describe({}, 2)).toContain('| 2 reports wait for the broker |');
});

it('says to what the camera was slowed down', () => {
  expect(describe({ loweredTo: 6.4 })).toContain('| 25 frames/s | camera slowed to 6.4 |');
});
