/** @import { ShownBoard, ShownCounts, ShownDoor } from '../web/shown.ts' */
import { drawChart, topOf } from './chart.js';
import { changeText, countText, coverageText } from './count-text.js';
import { countsTable, shortBucketText } from './counts-table.js';
import { byId, element, refill } from './element.js';
import { openEnrolment, openWithdrawal } from './enrol-dialog.js';
import { ask, keepLive } from './live.js';
import { stateList } from './state-text.js';
import { agoText, dateText, dayText } from './time-text.js';

/** @type {readonly { by: ShownCounts['grain'], words: string }[]} */
const GRAINS = [
  { by: 'hour', words: 'Day by hours' },
  { by: 'day', words: 'Week by days' },
  { by: 'week', words: 'Weeks' },
];
const DIRECTIONS = /** @type {const} */ ([
  ['in', 'In'],
  ['out', 'Out'],
]);

const asked = new URLSearchParams(location.search);
const site = asked.get('site') ?? '';
const device = asked.get('device');
const name = device === null ? site : `${site}/${device}`;
document.title = `${name} – Lintel`;
byId('title', HTMLElement).textContent = name;
byId('place', HTMLElement).append(
  element('li', {}, element('a', { href: '/' }, 'Cameras')),
  element('li', {}, device === null ? site : element('a', { href: address({ device: undefined }) }, site)),
  ...(device === null ? [] : [element('li', {}, device)]),
);

if (device === null) {
  const camerasOfSite = `/?${new URLSearchParams({ find: `${site}/` })}`;
  byId('title', HTMLElement).after(element('p', {}, element('a', { href: camerasOfSite }, 'Its cameras')));
}

/** @type {(() => void)[]} */
let charts = [];
/** @type {ShownCounts | undefined} */
let shown;

const refresh = keepLive(
  async () => {
    const question = new URLSearchParams(asked);
    question.set('zone', Intl.DateTimeFormat().resolvedOptions().timeZone);
    const doors = new URLSearchParams({ site, ...(device === null ? {} : { device }) });
    /** @type {[ShownCounts, ShownBoard]} */
    const [counts, board] = await Promise.all([ask(`/api/counts?${question}`), ask(`/api/doors?${doors}`)]);
    shown = counts;
    showPeriod(counts, question);
    showCounts(counts);
    const door = device === null ? undefined : board.doors[0];
    if (door) showCamera(door, board.now);
    byId('leave', HTMLElement).hidden = board.user === undefined;
    return board.version;
  },
  (sites) => sites.includes(site),
);

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => shown && showCounts(shown));

/**
 * @param {ShownDoor} door
 * @param {number} now
 */
function showCamera(door, now) {
  const done = async () => void (await refresh());
  const enrol = element(
    'button',
    { type: 'button', 'data-kept': 'enrol', onclick: () => openEnrolment(door, done) },
    'Enrol…',
  );
  const withdraw = element(
    'button',
    { type: 'button', 'data-kept': 'withdraw', onclick: () => openWithdrawal(door, done) },
    'Withdraw…',
  );
  const isOther = door.states.includes('other-key');
  const facts = [
    ['Heard', agoText(door.heard, now)],
    ['Software', door.software ?? '–'],
    ['Enrolled key', door.enrolledKey ?? 'none: its counts are not used'],
    ...(door.signedBy !== door.enrolledKey ? [['Signs with', door.signedBy ?? 'nothing heard yet']] : []),
  ];
  const camera = byId('camera', HTMLElement);
  camera.hidden = false;
  refill(
    camera,
    stateList(door),
    element(
      'dl',
      {},
      ...facts.map(([term, text]) => element('div', {}, element('dt', {}, term), element('dd', {}, text))),
    ),
    element(
      'p',
      { class: 'actions' },
      ...(door.enrolledKey === undefined || isOther ? [enrol] : []),
      ...(door.enrolledKey === undefined ? [] : [withdraw]),
    ),
  );
}

/**
 * @param {ShownCounts} counts
 * @param {URLSearchParams} question
 */
function showPeriod({ grain, from, to, earlier, later, now, timeZone }, question) {
  const links = GRAINS.map(({ by, words }) =>
    element(
      'a',
      { href: address({ by }), 'aria-current': by === grain ? 'true' : undefined, 'data-kept': by },
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
      element('a', { href: address({ by: grain, at: earlier }), 'data-kept': 'earlier' }, '‹ Earlier'),
      element('h2', {}, to > now ? `${words}, so far` : words),
      ...(to <= now
        ? [element('a', { href: address({ by: grain, at: later }), 'data-kept': 'later' }, 'Later ›')]
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

/** @param {ShownCounts} counts */
function showCounts(counts) {
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
      countsTable(counts, device === null),
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
  const whole = element(
    'figure',
    {},
    element(
      'figcaption',
      {},
      element('h3', {}, words),
      element('p', { class: 'sum' }, countText(total[direction])),
      element('p', {}, `Watched ${coverageText(total.coverage)} of the time that was reported.`),
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

/** @param {Record<string, string | number | undefined>} changes */
function address(changes) {
  const next = new URLSearchParams(location.search);
  if ('by' in changes) next.delete('at');
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) next.delete(key);
    else next.set(key, String(value));
  }
  return `/counts?${next}`;
}

/** @param {string} text */
function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
