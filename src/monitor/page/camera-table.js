/** @import { ShownBoard, ShownDoor, ShownWindow } from '../web/shown.ts' */
import { countText, coverageText } from './count-text.js';
import { element } from './element.js';
import { stateList } from './state-text.js';
import { agoText, hourText } from './time-text.js';

const HEADS = ['Door', 'State', 'Last window', 'In', 'Out', 'Coverage', 'Heard', 'Software', ''];

/**
 * One row for each door. Roles are said again, because rows are laid out as a grid on a small screen.
 * @param {ShownBoard} board
 * @param {(door: ShownDoor) => void} enrol
 */
export function cameraTable(board, enrol) {
  const heads = HEADS.map((text) =>
    text === ''
      ? element('td', { role: 'cell' })
      : element('th', { scope: 'col', role: 'columnheader' }, text),
  );
  return element(
    'table',
    { role: 'table', class: 'cameras' },
    element('caption', { class: 'unseen' }, 'Cameras, those in trouble first'),
    element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' }, ...heads)),
    element('tbody', { role: 'rowgroup' }, ...board.doors.map((door) => row(door, board, enrol))),
  );
}

/**
 * @param {ShownDoor} door
 * @param {ShownBoard} board
 * @param {(door: ShownDoor) => void} enrol
 */
function row(door, { now, timeZone }, enrol) {
  const { site, device, latest, states } = door;
  const name = `${site}/${device}`;
  const siteLink = element(
    'a',
    { class: 'site', href: `/counts?${new URLSearchParams({ site })}`, 'data-kept': `site of ${name}` },
    site,
  );
  const link = element(
    'a',
    { href: `/counts?${new URLSearchParams({ site, device })}`, 'aria-label': name, 'data-kept': name },
    device,
  );
  const enrolButton = element(
    'button',
    {
      type: 'button',
      'aria-label': `Enrol ${name}`,
      'data-kept': `enrol ${name}`,
      onclick: () => enrol(door),
    },
    'Enrol',
  );
  const cells = [
    cell('standing', stateList(door, now, timeZone)),
    cell('window', latest ? windowText(latest, timeZone) : '–'),
    cell('count', latest ? countText(latest.in) : '–', 'In'),
    cell('count', latest ? countText(latest.out) : '–', 'Out'),
    cell('coverage', latest ? coverageText(latest.coverage) : '–', 'Coverage'),
    cell('heard', agoText(door.heard, now), 'Heard'),
    cell('software', door.software ?? '–'),
    cell('act', states[0] === 'not-enrolled' ? enrolButton : ''),
  ];
  return element(
    'tr',
    { role: 'row', class: states[0] },
    element('th', { scope: 'row', role: 'rowheader' }, siteLink, ' / ', link),
    ...cells,
  );
}

/**
 * @param {string} kind
 * @param {Node | string} content
 * @param {string} [label] shown where there is no head
 */
function cell(kind, content, label) {
  return element('td', { role: 'cell', class: kind, 'data-label': label }, content);
}

/**
 * @param {ShownWindow} window
 * @param {string} [timeZone]
 */
function windowText({ start, seconds }, timeZone) {
  return `${hourText(start, timeZone)}–${hourText(start + seconds, timeZone)}`;
}
