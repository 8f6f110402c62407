/** @import { ShownDoor, ShownState } from '../web/shown.ts' */
import { element, shape } from './element.js';

/** @type {Readonly<Record<ShownState, { words: string, shape: string }>>} */
export const STATES = {
  'other-key': { words: 'Other key', shape: 'key' },
  'sign-fault': { words: 'Sign fault', shape: 'fault' },
  'device-fault': { words: 'Camera fault', shape: 'fault' },
  'model-fault': { words: 'Detector fault', shape: 'fault' },
  silent: { words: 'Silent', shape: 'silent' },
  differs: { words: 'Differs', shape: 'differs' },
  'clock-wrong': { words: 'Clock wrong', shape: 'clock' },
  'not-enrolled': { words: 'Not enrolled', shape: 'unknown' },
  ok: { words: 'OK', shape: 'ok' },
};

/**
 * What is wrong at a door, in shapes and words.
 * @param {ShownDoor} door
 */
export function stateList({ states, differing }) {
  const items = states.map((state) => {
    const { words, shape: name } = STATES[state];
    const what = state === 'differs' ? `: ${differing.join(', ')}` : '';
    return element('li', { class: `state ${state}` }, shape(name), `${words}${what}`);
  });
  return element('ul', { class: 'states', role: 'list' }, ...items);
}
