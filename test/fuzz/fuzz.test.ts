import { describe, expect, test } from 'vitest';
import { campaign } from './campaign.ts';
import { TARGETS } from './targets.ts';

const targets = new URL('./targets.ts', import.meta.url).href;
const faulty = new URL('./faulty-targets.ts', import.meta.url).href;

/** The same inputs in every run; `npm run fuzz` tries others, and more. */
const RUNS = 1000;
const SEED = 1;

describe('decoders', () => {
  test.each(TARGETS)('$name takes or refuses whatever it is given', async ({ name: target }) => {
    const { runs, taken, failure } = await campaign({ targets, target, runs: RUNS, seed: SEED });
    const input = failure && Buffer.from(failure.bytes).toString('base64');
    expect(failure?.reason, `input in base64: ${input}`).toBeUndefined();
    expect(runs).toBe(RUNS);
    expect(taken, 'so few were taken that the others may all be refused at the door').toBeGreaterThan(5);
    expect(taken).toBeLessThan(RUNS);
  });
});

describe('a campaign', () => {
  test.each([
    ['throws', 'RangeError'],
    ['hangs', 'no end'],
    ['believes a length', 'it took'],
    ['keeps everything', 'keeps memory'],
    ['writes into what it was given', 'changed'],
    ['quotes what it was given', 'one line'],
  ])('finds a decoder that %s, and what makes it', async (target, reason) => {
    const soon = target === 'hangs' && { hangMs: 1_000 };
    const { failure } = await campaign({ targets: faulty, target, runs: 3000, seed: 1, ...soon });
    expect(failure?.reason).toContain(reason);
    if (target === 'hangs') expect(failure?.bytes[0]).toBe(2);
    if (target === 'throws') expect(failure?.bytes).toEqual(new Uint8Array());
  });

  test('gives the same seed the same inputs', async () => {
    const once = () => campaign({ targets: faulty, target: 'throws', runs: 3000, seed: 7 });
    expect(await once()).toEqual(await once());
  });
});
