/** A ratio of two whole numbers above zero. */
export interface Rational {
  readonly numerator: number;
  readonly denominator: number;
}

/**
 * What one crossing may tell in all (epsilon of differential privacy, per crossing): 1. It goes into one window and
 * one day, whose counts are drawn independently, with half of it each. Never a setting (promise P9).
 */
export const BUDGET: Readonly<Record<'window' | 'day', Rational>> = {
  window: { numerator: 1, denominator: 2 },
  day: { numerator: 1, denominator: 2 },
};

/** Of two-sided geometric noise with this epsilon: sqrt(2 q) / (1 - q), q = exp(-epsilon). For people, not for drawing. */
export function noiseStandardDeviation({ numerator, denominator }: Rational): number {
  const q = Math.exp(-numerator / denominator);
  return Math.sqrt(2 * q) / (1 - q);
}
