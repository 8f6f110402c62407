import { expect, it } from 'vitest';
import { BUDGET, noiseStandardDeviation } from '../../anonymise/budget.ts';
import { exampleReport } from '../../wire/example-report.ts';
import { claimsOf, PROMISED } from './claims.ts';

const honest = exampleReport({ noiseDeviationThousandths: PROMISED.window.noiseDeviationThousandths });

it("expects what this release's cameras spend", () => {
  for (const level of ['window', 'day'] as const) {
    expect(PROMISED[level]).toEqual({
      ...BUDGET[level],
      noiseDeviationThousandths: Math.round(1_000 * noiseStandardDeviation(BUDGET[level])),
    });
  }
});

it.each([
  [{}, []],
  [{ budget: { numerator: 2, denominator: 4 } }, []],
  [{ budget: { numerator: 1, denominator: 1 } }, ['budget']],
  [{ noiseDeviationThousandths: 1 }, ['budget']],
  [{ windowSeconds: 900 }, []],
  [{ windowSeconds: 3601 }, ['impossible']],
  [{ level: 'day', windowSeconds: 90_000 }, []],
  [{ level: 'day', windowSeconds: 3600 }, ['impossible']],
  [{ windowSeconds: 7200, noiseDeviationThousandths: 1 }, ['budget', 'impossible']],
] as const)('takes %o for %o', (changes, kinds) => {
  expect(claimsOf({ ...honest, ...changes })).toEqual(kinds);
});
