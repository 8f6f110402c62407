/** @import { ShownBucket, ShownCounts } from '../web/shown.ts' */
import { countText, coverageText } from './count-text.js';
import { element } from './element.js';
import { dateText, dayText, hourText } from './time-text.js';

/** @type {Readonly<Record<ShownCounts['grain'], string>>} */
const HEADS = { hour: 'Hour', day: 'Day', week: 'Week of' };

/**
 * What a bucket is called.
 * @param {ShownBucket} bucket
 * @param {ShownCounts} counts
 */
export function bucketText({ start }, { grain, timeZone }) {
  if (grain === 'hour') return hourText(start, timeZone);
  return grain === 'day' ? dayText(start, timeZone) : dateText(start, timeZone);
}

/**
 * The same as the charts, in words.
 * @param {ShownCounts} counts
 * @param {boolean} isSite
 */
export function countsTable(counts, isSite) {
  const hasBefore = counts.grain !== 'week';
  const heads = [
    HEADS[counts.grain],
    'In',
    'Out',
    'Coverage',
    ...(isSite ? ['Doors heard'] : []),
    ...(hasBefore ? ['In, a week before', 'Out, a week before'] : []),
  ];
  const rows = counts.buckets.map((bucket) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, bucketText(bucket, counts)),
      ...cells(bucket, counts, isSite).map((text) => element('td', {}, text)),
    ),
  );
  return element(
    'table',
    { class: 'counts' },
    element('caption', { class: 'unseen' }, 'The same in numbers'),
    element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))),
    element('tbody', {}, ...rows),
  );
}

/**
 * @param {ShownBucket} bucket
 * @param {ShownCounts} counts
 * @param {boolean} isSite
 */
function cells(bucket, counts, isSite) {
  const { in: into, out, coverage, doors, before } = bucket;
  // What has not ended yet is not missing.
  const text = doors === 0 && bucket.end > counts.now ? () => '–' : countText;
  return [
    text(into),
    text(out),
    coverageText(coverage),
    ...(isSite ? [`${doors} of ${counts.doors}`] : []),
    ...(before ? [countText(before.in), countText(before.out)] : []),
  ];
}
