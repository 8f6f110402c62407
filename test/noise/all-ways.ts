import type { Draws } from '../../src/anonymise/draws.ts';

/** Leaves out ways through a sampler that are less likely than this. */
const LEAST_WAY = 1e-11;

const tooUnlikely = new Error('a way that is left out');
const startedAgain = new Error('a way that leads back to the beginning');

/** A ratio of whole numbers, exactly. */
export interface Exact {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export interface Outcomes<T> {
  /** What each outcome's probability is at least. At most, it is more by `rest`, once for all outcomes together. */
  readonly least: ReadonlyMap<T, Exact>;
  readonly rest: Exact;
}

/**
 * The exact probability of every outcome of `draw`, in whole numbers: it is run once for every way that its own draws can
 * turn out, each way weighing the product of its branches. A way that leads back to where the sampler began (its only
 * draw `below`) makes no outcome likelier than another.
 */
export function outcomesOf<T>(draw: (draws: Draws) => T): Outcomes<T> {
  const weights = new Map<T, ExactSum>();
  const again = new ExactSum();
  const found = new ExactSum();
  const ways: number[][] = [[]];
  for (let way = ways.pop(); way; way = ways.pop()) {
    const taken = way;
    let at = 0;
    let likely = 1;
    let weight: Exact = { numerator: 1n, denominator: 1n };
    let begun = false;
    /** Takes the way's next branch, each being `parts[n]` of `whole`, and puts the others that begin here aside. */
    const branch = (parts: readonly number[], whole: number): number => {
      if (at === taken.length) {
        for (let other = 1; other < parts.length; other++)
          if (parts[other]! > 0) ways.push([...taken, other]);
        taken.push(0);
      }
      const choice = taken[at++]!;
      const part = parts[choice]!;
      likely *= part / whole;
      if (likely < LEAST_WAY) throw tooUnlikely;
      weight = {
        numerator: weight.numerator * BigInt(part),
        denominator: weight.denominator * BigInt(whole),
      };
      return choice;
    };
    const below = (limit: number): number => {
      if (begun) throw startedAgain;
      begun = true;
      return branch(new Array<number>(limit).fill(1), limit);
    };
    try {
      const outcome = draw({ below, chance: (part, whole) => branch([part, whole - part], whole) === 0 });
      const sum = weights.get(outcome) ?? new ExactSum();
      weights.set(outcome, sum.add(weight));
      found.add(weight);
    } catch (error) {
      if (error === startedAgain) again.add(weight);
      else if (error !== tooUnlikely) throw error;
    }
  }
  return conditioned(weights, found.value(), again.value());
}

/** Given that the sampler does not begin again. */
function conditioned<T>(weights: ReadonlyMap<T, ExactSum>, found: Exact, again: Exact): Outcomes<T> {
  const ends = { numerator: again.denominator - again.numerator, denominator: again.denominator };
  const least = new Map([...weights].map(([outcome, sum]) => [outcome, divided(sum.value(), ends)] as const));
  const seen = divided(found, ends);
  return { least, rest: { numerator: seen.denominator - seen.numerator, denominator: seen.denominator } };
}

function divided(a: Exact, b: Exact): Exact {
  return { numerator: a.numerator * b.denominator, denominator: a.denominator * b.numerator };
}

/** A sum of ratios; those with the same denominator are added as they come. */
class ExactSum {
  readonly #parts = new Map<bigint, bigint>();

  add({ numerator, denominator }: Exact): this {
    this.#parts.set(denominator, (this.#parts.get(denominator) ?? 0n) + numerator);
    return this;
  }

  value(): Exact {
    const denominator = [...this.#parts.keys()].reduce(leastCommonMultiple, 1n);
    let numerator = 0n;
    for (const [own, part] of this.#parts) numerator += part * (denominator / own);
    return { numerator, denominator };
  }
}

function leastCommonMultiple(a: bigint, b: bigint): bigint {
  let [rest, divisor] = [a, b];
  while (divisor > 0n) [rest, divisor] = [divisor, rest % divisor];
  return (a / rest) * b;
}
