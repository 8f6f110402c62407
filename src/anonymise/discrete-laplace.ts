import type { Rational } from './budget.ts';
import type { Draws } from './draws.ts';

/**
 * Two-sided geometric ('discrete Laplace') noise: the whole number z has probability proportional to
 * exp(-epsilon |z|). Drawn exactly, by Algorithms 1 and 2 of C. Canonne, G. Kamath, T. Steinke, "The Discrete
 * Gaussian for Differential Privacy" (2020), with scale 1/epsilon.
 * @param epsilon above 0; numerator and denominator are small whole numbers
 */
export function drawDiscreteLaplace(draws: Draws, { numerator, denominator }: Rational): number {
  for (;;) {
    const fraction = draws.below(denominator);
    if (!chanceOfExp(draws, fraction, denominator)) continue;
    let whole = 0;
    while (chanceOfExp(draws, 1, 1)) whole++;
    const size = Math.floor((fraction + denominator * whole) / numerator);
    const isNegative = draws.chance(1, 2);
    // Zero would otherwise come up twice.
    if (isNegative && size === 0) continue;
    return isNegative ? -size : size;
  }
}

/** True with probability exp(-part/whole), for a part from 0 to `whole` (Algorithm 1). */
export function chanceOfExp(draws: Draws, part: number, whole: number): boolean {
  let round = 1;
  while (draws.chance(part, whole * round)) round++;
  return round % 2 === 1;
}
