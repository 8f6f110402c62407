/** @import { ShownCounts } from '../web/shown.ts' */
import { drawChart, topOf } from './chart.js';
import { changeText, coverageText, measuredText, missingText } from './count-text.js';
import { countsTable, shortBucketText } from './counts-table.js';
import { byId, element, refill } from './element.js';

const DIRECTIONS = /** @type {const} */ ([
  ['in', 'In'],
  ['out', 'Out'],
]);

/** @type {(() => void)[]} */
let charts = [];

/**
 * The sums, their charts, and the same as a table.
 * @param {ShownCounts} counts
 * @param {boolean} isSite
 */
export function showCounts(counts, isSite) {
  for (const remove of charts) remove();
  const labels = counts.buckets.map((bucket) => shortBucketText(bucket, counts));
  const top = topOf(counts.buckets);
  const places = DIRECTIONS.map(([direction, words]) => figure(counts, direction, words));
  refill(
    byId('counts', HTMLElement),
    element('div', { class: 'figures' }, ...places.map(({ whole }) => whole)),
    legend(counts.grain !== 'week'),
    element(
      'div',
      { class: 'wide', tabindex: 0, role: 'region', 'aria-label': 'Counts in numbers' },
      countsTable(counts, isSite),
    ),
  );
  charts = places.map(({ place }, at) =>
    drawChart(place, counts.buckets, DIRECTIONS[at]?.[0] ?? 'in', labels, top),
  );
}

/**
 * @param {ShownCounts} counts
 * @param {'in' | 'out'} direction
 * @param {string} words
 */
function figure({ total, compared }, direction, words) {
  const place = element('div', { class: 'chart', 'aria-hidden': 'true' });
  const missing = missingText(total[direction]);
  const whole = element(
    'figure',
    {},
    element(
      'figcaption',
      {},
      element('h3', {}, words),
      element('p', { class: 'sum' }, measuredText(total[direction])),
      element(
        'p',
        {},
        [`Watched ${coverageText(total.coverage)} of the time that was reported`, missing]
          .filter(Boolean)
          .join('; ')
          .concat('.'),
      ),
      compared ? element('p', {}, `${capital(changeText(compared[direction]))}.`) : undefined,
    ),
    place,
  );
  return { whole, place };
}

/** @param {boolean} hasBefore */
function legend(hasBefore) {
  const items = [
    ['bar', 'count, with the range that its noise leaves'],
    ['box', 'somewhere in this range: fewer than so many were told'],
    ['hatched', 'not measured'],
    ...(hasBefore ? [['before', 'a week before']] : []),
  ];
  return element(
    'ul',
    { class: 'legend', role: 'list' },
    ...items.map(([kind, words]) =>
      element('li', {}, element('span', { class: `sample ${kind}`, 'aria-hidden': 'true' }), words),
    ),
  );
}

/** @param {string} text */
function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
