import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Exact, outcomesOf } from '../../test/noise/all-ways.ts';
import { BUDGET, noiseStandardDeviation } from './budget.ts';
import { chanceOfExp, drawDiscreteLaplace } from './discrete-laplace.ts';
import { RandomDraws } from './draws.ts';
import { GivenRandom, type RandomSource, SystemRandom } from './random-source.ts';

/** Fixed point: so many times one. */
const ONE = 10n ** 40n;
const fixed = ({ numerator, denominator }: Exact): bigint => (numerator * ONE) / denominator;

/** exp(-part/whole) in fixed point, too large or too small by no more than ten units: the sum of its power series. */
function expOfMinus(part: bigint, whole: bigint): bigint {
  let [sum, term] = [0n, ONE * 10n ** 5n];
  for (let power = 1n; term !== 0n; power++) {
    sum += term;
    term = (-term * part) / (whole * power);
  }
  return sum / 10n ** 5n;
}

const UNITS = 100n;

/** Bytes that look random and are the same every time: AES in counter mode over zeros. */
function seeded(seed: number): RandomSource {
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, seed), Buffer.alloc(16));
  let bytes = Buffer.alloc(0);
  let at = 0;
  return {
    byte: () => {
      if (at === bytes.length) {
        bytes = cipher.update(Buffer.alloc(65_536));
        at = 0;
      }
      return bytes[at++]!;
    },
  };
}

/** Pearson's statistic of `samples` draws against the exact distribution, over -8 to 8 and what lies beyond. */
function chiSquare(source: RandomSource, samples: number): number {
  const draws = new RandomDraws(source);
  const q = Math.exp(-0.5);
  const counts = new Array<number>(19).fill(0);
  for (let sample = 0; sample < samples; sample++) {
    const noise = drawDiscreteLaplace(draws, BUDGET.window);
    counts[Math.max(-9, Math.min(9, noise)) + 9]!++;
  }
  return counts.reduce((sum, count, index) => {
    const size = Math.abs(index - 9);
    const part = size < 9 ? ((1 - q) / (1 + q)) * q ** size : q ** 9 / (1 + q);
    return sum + (count - part * samples) ** 2 / (part * samples);
  }, 0);
}

/** For 18 degrees of freedom, exceeded once in a thousand million times (by the series of its distribution function). */
const CHI_SQUARE_LIMIT = 79.7;

describe('exact draws', () => {
  it('are uniform: every byte value is used, or thrown away, as often for each outcome', () => {
    const draws = new RandomDraws(new GivenRandom(Array.from({ length: 256 }, (_, byte) => byte)));
    const counts = new Map<number, number>();
    // 256 is 85 times 3 and one over, which is thrown away.
    for (let draw = 0; draw < 255; draw++) {
      const number = draws.below(3);
      counts.set(number, (counts.get(number) ?? 0) + 1);
    }
    expect([...counts].sort()).toEqual([
      [0, 85],
      [1, 85],
      [2, 85],
    ]);
  });

  it('take as many bytes as the limit needs, and none for a draw that is certain', () => {
    expect(new RandomDraws(new GivenRandom([])).below(1)).toBe(0);
    expect(new RandomDraws(new GivenRandom([1, 2])).below(1_000)).toBe(258);
    expect(() => new RandomDraws(new GivenRandom([])).below(0)).toThrow(RangeError);
    expect(() => new RandomDraws(new GivenRandom([])).below(2.5)).toThrow(RangeError);
  });

  it.each([
    [0, 1],
    [1, 3],
    [1, 2],
    [1, 1],
  ])('come true with probability exp(-%d/%d), by the sum of all their ways', (part, whole) => {
    const { least, rest } = outcomesOf((draws) => chanceOfExp(draws, part, whole));
    const exact = expOfMinus(BigInt(part), BigInt(whole));
    expect(exact).toBeGreaterThanOrEqual(fixed(least.get(true)!) - UNITS);
    expect(exact).toBeLessThanOrEqual(fixed(least.get(true)!) + fixed(rest) + UNITS);
    expect(fixed(rest)).toBeLessThan(ONE / 10n ** 9n);
  });
});

describe('two-sided geometric noise', () => {
  const { least, rest } = outcomesOf((draws) => drawDiscreteLaplace(draws, BUDGET.window));
  const { numerator, denominator } = BUDGET.window;
  const q = expOfMinus(BigInt(numerator), BigInt(denominator));

  it('has the exact distribution, by the sum of all ways through the sampler, in whole numbers', () => {
    expect(fixed(rest)).toBeLessThan(ONE / 10n ** 6n);
    // (1 - q) / (1 + q), and times q for each step away from zero.
    let exact = ((ONE - q) * ONE) / (ONE + q);
    for (let size = 0; size <= 12; size++) {
      for (const noise of [size, -size]) {
        const probability = fixed(least.get(noise)!);
        expect(exact).toBeGreaterThanOrEqual(probability - UNITS);
        expect(exact).toBeLessThanOrEqual(probability + fixed(rest) + UNITS);
      }
      exact = (exact * q) / ONE;
    }
  });

  it('keeps the privacy ratio between neighbouring counts for every outcome, by exact probabilities', () => {
    const most = (noise: number): bigint => fixed(least.get(noise)!) + fixed(rest);
    for (let noise = -10; noise < 10; noise++) {
      // A count of n gives n + noise; a count of n + 1 gives the same with noise - 1. What was left out may lie anywhere.
      for (const [one, other] of [
        [noise, noise + 1],
        [noise + 1, noise],
      ] as const) {
        const ratio = (most(one) * ONE) / fixed(least.get(other)!);
        const allowed = (((ONE * ONE) / q) * 1_001n) / 1_000n;
        expect(ratio).toBeLessThan(allowed);
      }
    }
  });

  it('passes a chi-square test on byte streams that are always the same', () => {
    for (const seed of [1, 2, 3]) expect(chiSquare(seeded(seed), 100_000)).toBeLessThan(CHI_SQUARE_LIMIT);
  });

  it("passes a chi-square test on the system's own source", () => {
    expect(chiSquare(new SystemRandom(), 100_000)).toBeLessThan(CHI_SQUARE_LIMIT);
  });

  it('has the standard deviation that reports state', () => {
    let squares = 0;
    for (const [noise, probability] of least)
      squares += (Number(fixed(probability)) / Number(ONE)) * noise ** 2;
    expect(Math.sqrt(squares)).toBeCloseTo(noiseStandardDeviation(BUDGET.window), 3);
  });
});
