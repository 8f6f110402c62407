import type { Direction } from '../../src/count/doorway.ts';

export interface Crossing {
  readonly frame: number;
  readonly direction: Direction;
}

export interface Comparison {
  /** Crossings by eye that were counted, in the same direction and nearly then. */
  readonly found: number;
  /** Crossings by eye that were not counted, and crossings counted that nobody saw. */
  readonly missed: readonly Crossing[];
  readonly extra: readonly Crossing[];
}

/** Pairs each crossing counted with the nearest one by eye, at most `withinFrames` away, each used once. */
export function compare(
  counted: readonly Crossing[],
  byEye: readonly Crossing[],
  withinFrames: number,
): Comparison {
  const pairs = counted
    .flatMap((one) => byEye.map((other) => ({ one, other, apart: Math.abs(one.frame - other.frame) })))
    .filter(({ one, other, apart }) => one.direction === other.direction && apart <= withinFrames)
    .sort((a, b) => a.apart - b.apart);
  const used = new Set<Crossing>();
  for (const { one, other } of pairs) {
    if (used.has(one) || used.has(other)) continue;
    used.add(one).add(other);
  }
  const missed = byEye.filter((crossing) => !used.has(crossing));
  return {
    found: byEye.length - missed.length,
    missed,
    extra: counted.filter((crossing) => !used.has(crossing)),
  };
}
