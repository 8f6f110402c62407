import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BUDGET, noiseStandardDeviation } from './budget.ts';
import { chanceOfExp, drawDiscreteLaplace } from './discrete-laplace.ts';
import { type Draws, RandomDraws } from './draws.ts';
import { GivenRandom, type RandomSource, SystemRandom } from './random-source.ts';

/** Leaves out ways through the sampler that are less likely than this. */
const LEAST_WAY = 1e-11;

const tooUnlikely = new Error('a way that is left out');
const startedAgain = new Error('a way that leads back to the beginning');

/**
 * The exact probability of every outcome of `draw`: it is run once for every way that its own draws can turn out, each
 * way weighing the product of its branches. A way that leads back to where the sampler began (its only draw `below`)
 * makes no outcome likelier than another. What is left out is less likely than `rest` in all.
 */
function outcomes<T>(draw: (draws: Draws) => T): { probabilities: Map<T, number>; rest: number } {
  const weights = new Map<T, number>();
  let found = 0;
  let again = 0;
  const ways: number[][] = [[]];
  for (let way = ways.pop(); way; way = ways.pop()) {
    const taken = way;
    let at = 0;
    let weight = 1;
    let begun = false;
    /** Takes the way's next branch, and puts the others that begin here aside for later. */
    const branch = (likely: readonly number[]): number => {
      if (at === taken.length) {
        for (let other = 1; other < likely.length; other++)
          if (likely[other]! > 0) ways.push([...taken, other]);
        taken.push(0);
      }
      const choice = taken[at++]!;
      weight *= likely[choice]!;
      if (weight < LEAST_WAY) throw tooUnlikely;
      return choice;
    };
    const below = (limit: number): number => {
      if (begun) throw startedAgain;
      begun = true;
      return branch(new Array<number>(limit).fill(1 / limit));
    };
    try {
      const outcome = draw({
        below,
        chance: (part, whole) => branch([part / whole, 1 - part / whole]) === 0,
      });
      weights.set(outcome, (weights.get(outcome) ?? 0) + weight);
      found += weight;
    } catch (error) {
      if (error === startedAgain) again += weight;
      else if (error !== tooUnlikely) throw error;
    }
  }
  const probabilities = new Map([...weights].map(([outcome, weight]) => [outcome, weight / (1 - again)]));
  return { probabilities, rest: 1 - found / (1 - again) };
}

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

/** For 18 degrees of freedom, exceeded once in a million times. */
const CHI_SQUARE_LIMIT = 63.2;

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
    const { probabilities } = outcomes((draws) => chanceOfExp(draws, part, whole));
    expect(probabilities.get(true)).toBeCloseTo(Math.exp(-part / whole), 9);
  });
});

describe('two-sided geometric noise', () => {
  const { probabilities, rest } = outcomes((draws) => drawDiscreteLaplace(draws, BUDGET.window));
  const q = Math.exp(-0.5);

  it('has the exact distribution, by the sum of all ways through the sampler', () => {
    expect(rest).toBeLessThan(1e-6);
    for (let noise = -12; noise <= 12; noise++) {
      const exact = ((1 - q) / (1 + q)) * q ** Math.abs(noise);
      expect(Math.abs(probabilities.get(noise)! - exact)).toBeLessThan(rest);
    }
  });

  it('keeps the privacy ratio between neighbouring counts for every outcome', () => {
    for (let noise = -10; noise < 10; noise++) {
      // A count of n gives n + noise; a count of n + 1 gives the same with noise - 1.
      const ratio = probabilities.get(noise)! / probabilities.get(noise + 1)!;
      const most = Math.exp(0.5) * (1 + 1e-6);
      expect(Math.max(ratio, 1 / ratio)).toBeLessThan(most);
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
    for (const [noise, probability] of probabilities) squares += probability * noise ** 2;
    expect(Math.sqrt(squares)).toBeCloseTo(noiseStandardDeviation(BUDGET.window), 3);
  });
});
