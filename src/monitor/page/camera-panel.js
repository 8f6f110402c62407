/** @import { ShownBoard, ShownDoor } from '../web/shown.ts' */
import { byId, element, refill } from './element.js';
import { openEnrolment, openWithdrawal } from './enrol-dialog.js';
import { stateList } from './state-text.js';
import { agoText } from './time-text.js';

/**
 * How a camera is, by what key it is known, and what can be done about that.
 * @param {ShownDoor} door
 * @param {ShownBoard} board
 * @param {() => Promise<void>} done
 */
export function showCamera(door, { now, timeZone }, done) {
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
    stateList(door, now, timeZone),
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
