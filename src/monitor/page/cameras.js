/** @import { ShownBoard, ShownState } from '../web/shown.ts' */
import { keepAlarmList } from './alarm-list.js';
import { cameraTable } from './camera-table.js';
import { byId, element, refill } from './element.js';
import { openEnrolment } from './enrol-dialog.js';
import { ask, keepLive } from './live.js';
import { numberText } from './number-text.js';
import { shape } from './shapes.js';
import { STATES } from './state-text.js';
import { hourText } from './time-text.js';

/** As many as the first view of a large screen has room for; the page's HTML asks for the same already. */
const FIRST = 40;
const MORE = 200;
const MOST = 1_000;
const TYPING_MS = 200;

const find = byId('find', HTMLInputElement);
const more = byId('more', HTMLButtonElement);
const showAlarms = keepAlarmList(byId('alarms', HTMLElement), true);
const wanted = new URLSearchParams(location.search);
find.value = wanted.get('find') ?? '';
let state = wanted.get('state') ?? '';
let limit = FIRST;

// The first time that is written takes a browser as long as the whole table: it is written while the answer is on its way.
hourText(0);
const refresh = keepLive(async () => {
  const question = asked();
  question.set('limit', String(limit));
  /** @type {ShownBoard} */
  const board = await ask(`/api/doors?${question}`);
  show(board);
  return board.version;
});

/** @param {ShownBoard} board */
function show(board) {
  showTotals(board);
  showAlarms(board);
  const { lasting } = board.alarms;
  document.title = lasting === 0 ? 'Cameras – Lintel' : `(${lasting}) Cameras – Lintel`;
  const table = cameraTable(board, (door) => openEnrolment(door, async () => void (await refresh())));
  refill(byId('doors', HTMLElement), table);
  const { found, doors } = board;
  byId('found', HTMLElement).textContent =
    found === 0 ? emptyText(board) : `${doors.length} of ${found} cameras`;
  more.hidden = doors.length >= found || limit >= MOST;
  byId('leave', HTMLElement).hidden = board.user === undefined;
}

/** @param {ShownBoard} board */
function emptyText({ totals }) {
  return Object.keys(totals).length === 0 ? 'No camera was heard of yet.' : 'No camera is like that.';
}

/** @param {ShownBoard} board */
function showTotals({ totals }) {
  const all = Object.values(totals).reduce((sum, count) => sum + count, 0);
  const known = /** @type {ShownState[]} */ (Object.keys(STATES)).filter(
    (name) => totals[name] || name === state,
  );
  const choices = known.map((name) =>
    choice(name, totals[name] ?? 0, STATES[name].words, shape(STATES[name].shape)),
  );
  refill(byId('totals', HTMLElement), choice('', all, 'All'), ...choices);
  const troubles = known
    .filter((name) => name !== 'ok')
    .map((name) => `${totals[name] ?? 0} ${STATES[name].words}`);
  const news = troubles.length > 0 ? troubles.join(', ') : 'All cameras are OK';
  const told = byId('news', HTMLElement);
  // Read out only when it says something else.
  if (told.textContent !== news) told.textContent = news;
}

/**
 * @param {string} name
 * @param {number} count
 * @param {string} words
 * @param {Node} [picture]
 */
function choice(name, count, words, picture) {
  const choose = () => {
    state = name;
    again();
  };
  return element(
    'button',
    {
      type: 'button',
      class: `total ${name}`,
      'aria-pressed': String(state === name),
      'data-kept': name,
      onclick: choose,
    },
    picture,
    element('strong', {}, numberText(count)),
    ` ${words}`,
  );
}

/** What is asked for, as it stands in the address. */
function asked() {
  const question = new URLSearchParams();
  if (state !== '') question.set('state', state);
  if (find.value.trim() !== '') question.set('find', find.value.trim());
  return question;
}

/** Asks anew, and keeps the question in the address, so that it can be kept and sent. */
function again() {
  limit = FIRST;
  const address = asked();
  history.replaceState(null, '', address.size > 0 ? `/?${address}` : '/');
  void refresh();
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let typing;
find.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(again, TYPING_MS);
});
byId('search', HTMLFormElement).addEventListener('submit', (event) => event.preventDefault());
const showMore = () => {
  limit = Math.min(MOST, limit + MORE);
  void refresh();
};
more.addEventListener('click', showMore);
// Whoever scrolls need not ask.
new IntersectionObserver(
  (seen) => {
    if (seen.some(({ isIntersecting }) => isIntersecting)) showMore();
  },
  { rootMargin: '50% 0px' },
).observe(more);
