/** @import { ShownAlarm, ShownAlarms, ShownBoard } from '../web/shown.ts' */
import { element, refill } from './element.js';
import { numberText } from './number-text.js';
import { shape } from './shapes.js';
import { STATES } from './state-text.js';
import { agoText, momentText } from './time-text.js';

/** Of those that last; more are shown when they are asked for. */
const FEW = { narrow: 2, wide: 5 };
const narrow = matchMedia('(max-width: 44rem)');

/**
 * What is to be seen of alarms: those that last, and, folded up, those that have ended of late. It stays as it was unfolded.
 * @param {HTMLElement} place
 * @param {boolean} namesDoors
 */
export function keepAlarmList(place, namesDoors) {
  let isWhole = false;
  let isOpen = false;
  /** @type {ShownBoard | undefined} */
  let shown;
  const draw = () => {
    if (!shown) return;
    const { alarms } = shown;
    const { now, timeZone } = shown;
    const lasting = alarms.list.filter(({ ended }) => ended === undefined);
    const over = alarms.list.filter(({ ended }) => ended !== undefined);
    const items = (/** @type {readonly ShownAlarm[]} */ some) =>
      some.map((alarm) => itemOf(alarm, namesDoors, now, timeZone));
    const few = narrow.matches ? FEW.narrow : FEW.wide;
    const more = element(
      'button',
      {
        type: 'button',
        'data-kept': 'alarms',
        'aria-expanded': String(isWhole),
        onclick: () => {
          isWhole = !isWhole;
          draw();
        },
      },
      isWhole ? 'Show fewer' : lasting.length < alarms.lasting ? 'Show more' : 'Show all',
    );
    const ended = element(
      'details',
      {
        open: isOpen,
        ontoggle: (event) => {
          isOpen = event.currentTarget instanceof HTMLDetailsElement && event.currentTarget.open;
        },
      },
      element('summary', { 'data-kept': 'ended' }, endedText(alarms)),
      list(items(over)),
    );
    // A camera at which nothing ever was needs no word on it.
    if (!namesDoors && alarms.lasting + alarms.ended === 0) return refill(place);
    refill(
      place,
      element(
        'div',
        { class: 'title' },
        title(alarms, lasting.length),
        ...(lasting.length > few ? [more] : []),
      ),
      list(items(isWhole ? lasting : lasting.slice(0, few))),
      ...(alarms.ended > 0 ? [ended] : []),
    );
  };
  /** @param {ShownBoard} board */
  return (board) => {
    shown = board;
    draw();
  };
}

/**
 * @param {ShownAlarms} alarms
 * @param {number} listed
 */
function title({ lasting }, listed) {
  if (lasting === 0) return element('h2', {}, shape('ok'), 'No alarms');
  const words = lasting === 1 ? '1 alarm' : `${numberText(lasting)} alarms`;
  return element('h2', {}, listed < lasting ? `${words}, the newest ${listed}` : words);
}

/** @param {ShownAlarms} alarms */
function endedText({ ended, endedDays }) {
  return `${numberText(ended)} ended in the last ${endedDays} days`;
}

/** @param {readonly HTMLElement[]} items */
function list(items) {
  return element('ul', { class: 'alarms', role: 'list' }, ...items);
}

/**
 * @param {ShownAlarm} alarm
 * @param {boolean} namesDoor
 * @param {number} now
 * @param {string} [timeZone]
 */
function itemOf({ site, device, kind, message, raised, ended, isOver }, namesDoor, now, timeZone) {
  const { words, shape: picture } = STATES[kind];
  const name = `${site}/${device}`;
  const link = element(
    'a',
    { href: `/counts?${new URLSearchParams({ site, device })}`, 'data-kept': `alarm ${kind} ${name}` },
    name,
  );
  const moment = (/** @type {number} */ seconds) => momentText(seconds, now, timeZone);
  const when =
    ended === undefined
      ? `since ${moment(raised)}, ${agoText(raised, now)}${isOver ? '; over, if it stays so' : ''}`
      : `${moment(raised)} – ${moment(ended)}`;
  return element(
    'li',
    { class: `alarm ${kind}` },
    shape(picture),
    element('p', {}, element('strong', {}, words), ...(namesDoor ? [' at ', link] : [])),
    element('p', {}, `${message.charAt(0).toUpperCase()}${message.slice(1)}.`),
    element('p', { class: 'when' }, when),
  );
}
