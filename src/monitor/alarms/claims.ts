import type { Report } from '../../wire/report.ts';
import type { DeviceAddress } from '../../wire/report-topic.ts';

/**
 * What a camera that does what it says could not have sent.
 * - `contradiction`: two different reports of one window, by one key: a count that was drawn twice (promise P8)
 * - `budget`: a report that spent another privacy budget than the release promises, or says another noise
 * - `impossible`: a window of a length that no camera has
 * - `evidence`: a status whose checkpoint says that its log of evidence was cut short or written anew
 * - `malformed`: no message of this schema: another size, a value out of its range, such as a coverage over the window
 * - `forged`: a signature that is not good
 */
export const CLAIM_KINDS = [
  'contradiction',
  'evidence',
  'budget',
  'impossible',
  'malformed',
  'forged',
] as const;
export type ClaimKind = (typeof CLAIM_KINDS)[number];

export interface Claim extends DeviceAddress {
  readonly kind: ClaimKind;
  /** The key that signed it; undefined where no signature could be checked, or it was not good. */
  readonly signedBy: string | undefined;
}

/**
 * What this release's cameras spend and say, of each level (schema version 1). The same numbers as in `src/anonymise`, which this
 * side does not see; a test compares them.
 */
export const PROMISED = {
  window: { numerator: 1, denominator: 2, noiseDeviationThousandths: 2799 },
  day: { numerator: 1, denominator: 2, noiseDeviationThousandths: 2799 },
} as const;

const HOUR_SECONDS = 3600;
/** With the day on which summer time begins, and the one on which it ends. */
const DAY_SECONDS = { least: 23 * HOUR_SECONDS, most: 25 * HOUR_SECONDS };

/** What is not as it should be in a report that bears a good signature. */
export function claimsOf({ level, windowSeconds, budget, noiseDeviationThousandths }: Report): ClaimKind[] {
  const promised = PROMISED[level];
  const isPromised =
    budget.numerator * promised.denominator === budget.denominator * promised.numerator &&
    noiseDeviationThousandths === promised.noiseDeviationThousandths;
  const isPossible =
    level === 'window'
      ? windowSeconds <= HOUR_SECONDS
      : windowSeconds >= DAY_SECONDS.least && windowSeconds <= DAY_SECONDS.most;
  return [...(isPromised ? [] : ['budget' as const]), ...(isPossible ? [] : ['impossible' as const])];
}
