/** @import { ShownDoor, ShownState } from '../web/shown.ts' */
import { element } from './element.js';
import { shape } from './shapes.js';
import { shortMomentText } from './time-text.js';

/** @type {Readonly<Record<ShownState, { words: string, shape: string }>>} */
export const STATES = {
  'other-key': { words: 'Other key', shape: 'key' },
  'sign-fault': { words: 'Sign fault', shape: 'fault' },
  'device-fault': { words: 'Camera fault', shape: 'fault' },
  'model-fault': { words: 'Detector fault', shape: 'fault' },
  silent: { words: 'Silent', shape: 'silent' },
  differs: { words: 'Differs', shape: 'differs' },
  'clock-wrong': { words: 'Clock wrong', shape: 'clock' },
  contradiction: { words: 'Two counts', shape: 'claim' },
  evidence: { words: 'Evidence changed', shape: 'claim' },
  budget: { words: 'Other budget', shape: 'claim' },
  impossible: { words: 'Impossible window', shape: 'claim' },
  malformed: { words: 'Malformed', shape: 'claim' },
  forged: { words: 'Forged', shape: 'key' },
  'not-enrolled': { words: 'Not enrolled', shape: 'unknown' },
  ok: { words: 'OK', shape: 'ok' },
};

/**
 * What is wrong at a door, in shapes and words, and since when if it has raised an alarm.
 * @param {ShownDoor} door
 * @param {number} now
 * @param {string} [timeZone]
 */
export function stateList({ states, differing, since }, now, timeZone) {
  const items = states.map((state) => {
    const { words, shape: name } = STATES[state];
    const what = state === 'differs' ? `: ${differing.join(', ')}` : '';
    const raised = since[state];
    const when = raised === undefined ? '' : `since ${shortMomentText(raised, now, timeZone)}`;
    return element(
      'li',
      { class: `state ${state}` },
      shape(name),
      element('span', {}, `${words}${what} `, element('span', { class: 'note' }, when)),
    );
  });
  return element('ul', { class: 'states', role: 'list' }, ...items);
}
