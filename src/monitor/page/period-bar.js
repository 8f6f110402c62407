/** @import { ShownCounts } from '../web/shown.ts' */
import { countsAddress } from './address.js';
import { byId, element, refill } from './element.js';
import { dateText, dayText } from './time-text.js';

/** @type {readonly { by: ShownCounts['grain'], words: string }[]} */
const GRAINS = [
  { by: 'hour', words: 'Day by hours' },
  { by: 'day', words: 'Week by days' },
  { by: 'week', words: 'Weeks' },
];

/**
 * Which time is shown, and the ways to others.
 * @param {ShownCounts} counts
 * @param {URLSearchParams} question
 */
export function showPeriod({ grain, from, to, earlier, later, now, timeZone }, question) {
  const links = GRAINS.map(({ by, words }) =>
    element(
      'a',
      { href: countsAddress({ by }), 'aria-current': by === grain ? 'true' : undefined, 'data-kept': by },
      words,
    ),
  );
  const first = dateText(from, timeZone);
  const words =
    grain === 'hour'
      ? `${dayText(from, timeZone).slice(0, 3)} ${first}`
      : `${first} – ${dateText(to - 1, timeZone)}`;
  refill(
    byId('period', HTMLElement),
    element('div', { class: 'grains' }, ...links),
    element(
      'div',
      { class: 'steps' },
      element('a', { href: countsAddress({ by: grain, at: earlier }), 'data-kept': 'earlier' }, '‹ Earlier'),
      element('h2', {}, to > now ? `${words}, so far` : words),
      ...(to <= now
        ? [element('a', { href: countsAddress({ by: grain, at: later }), 'data-kept': 'later' }, 'Later ›')]
        : []),
    ),
    element('p', { class: 'note' }, `Times of ${timeZone}.`),
    element(
      'a',
      { class: 'download', href: `/counts.csv?${question}`, download: true, 'data-kept': 'csv' },
      'Download CSV',
    ),
  );
}
