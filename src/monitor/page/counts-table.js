/** @import { ShownBucket, ShownCounts } from '../web/shown.ts' */
import { countText, coverageText } from './count-text.js';
import { element } from './element.js';
import { dateText, dayText, hourText, shortDayText } from './time-text.js';

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
 * The same where there is little room.
 * @param {ShownBucket} bucket
 * @param {ShownCounts} counts
 */
export function shortBucketText({ start }, { grain, timeZone }) {
  return grain === 'hour' ? hourText(start, timeZone) : shortDayText(start, grain === 'day', timeZone);
}

/**
 * The same as the charts, in words.
 * @param {ShownCounts} counts
 * @param {boolean} isSite
 */
export function countsTable(counts, isSite) {
  const hasBefore = counts.grain !== 'week';
  const hasReported = isSite || !hasBefore;
  const heads = [
    HEADS[counts.grain],
    'In',
    'Out',
    'Coverage',
    ...(hasReported ? [counts.grain === 'week' ? 'Days reported' : 'Doors reported'] : []),
    ...(hasBefore ? ['In, a week before', 'Out, a week before'] : []),
  ];
  const rows = counts.buckets.map((bucket) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, bucketText(bucket, counts)),
      ...cells(bucket, counts, hasReported).map((text) => element('td', {}, text)),
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
 * @param {boolean} hasReported
 */
function cells(bucket, counts, hasReported) {
  const { in: into, out, coverage, reported, expected, before } = bucket;
  // What has not ended yet is not missing.
  const text = reported === 0 && bucket.end > counts.now ? () => '–' : countText;
  return [
    text(into),
    text(out),
    coverageText(coverage),
    ...(hasReported ? [`${reported} of ${expected}`] : []),
    ...(before ? [countText(before.in), countText(before.out)] : []),
  ];
}
