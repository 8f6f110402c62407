/** @import { CountSum } from '../count-sum.ts' */
/** @import { ShownChange } from '../web/shown.ts' */
import { numberText } from './number-text.js';

/**
 * A sum as people read it. A count that was told as fewer than ten is said so, and is never a zero.
 * @param {CountSum} sum
 */
export function countText(sum) {
  const missing = missingText(sum);
  return missing === '' ? measuredText(sum) : `${measuredText(sum)} (${missing})`;
}

/**
 * The same without what is missing in it.
 * @param {CountSum} sum
 */
export function measuredText({ low, high, published, fewer, unmeasured, error }) {
  if (published + fewer === 0) return unmeasured > 0 ? 'not measured' : 'no report';
  if (published === 0 && fewer === 1) return `fewer than ${numberText(high + 1)}`;
  const noise = `± ${numberText(wholeError(error))}`;
  if (published === 0) return `at most ${numberText(high)} ${noise}`;
  const range = low === high ? numberText(low) : `${numberText(low)} to ${numberText(high)}`;
  return `${range} ${noise}`;
}

/**
 * What is missing in a sum in which there is something; '' for nothing.
 * @param {CountSum} sum
 */
export function missingText({ published, fewer, unmeasured }) {
  if (published + fewer === 0 || unmeasured === 0) return '';
  return `${numberText(unmeasured)} ${unmeasured === 1 ? 'window' : 'windows'} not measured`;
}

/** @param {number | undefined} percent */
export function coverageText(percent) {
  return percent === undefined ? '–' : `${Math.round(percent)} %`;
}

/**
 * How a week differs from the one before, as far as the noise lets one say.
 * @param {ShownChange} change
 */
export function changeText({ low, high, error, windows }) {
  if (windows === 0) return 'nothing was measured in both weeks, and for as long';
  const bound = wholeError(error);
  if (low - error <= 0 && high + error >= 0) {
    return `no difference from the week before that the noise would show (${signed(low - bound)} to ${signed(high + bound)})`;
  }
  const [least, most] = low > 0 ? [low, high] : [-high, -low];
  const range = least === most ? numberText(least) : `${numberText(least)} to ${numberText(most)}`;
  return `${low > 0 ? 'more' : 'fewer'} than the week before, by ${range} ± ${numberText(bound)}`;
}

/** @param {number} error */
function wholeError(error) {
  return Math.max(1, Math.round(error));
}

/** @param {number} value */
function signed(value) {
  return value > 0 ? `+${numberText(value)}` : numberText(value).replace('-', '−');
}
