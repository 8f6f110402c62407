/** @import { ShownDoor } from '../web/shown.ts' */
import { byId, element } from './element.js';
import { ask } from './live.js';

/**
 * Asks for the fingerprint that is printed on the camera, and enrols it.
 * @param {ShownDoor} door
 * @param {() => Promise<void>} done
 */
export function openEnrolment({ site, device, signedBy }, done) {
  const typed = element('input', {
    id: 'fingerprint',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    required: true,
    'aria-describedby': 'enrol-help enrol-error',
  });
  const heard = signedBy
    ? element('p', {}, 'What is heard of it is signed with ', element('code', {}, signedBy), '.')
    : element('p', {}, 'It has sent no status yet, so there is nothing to compare with.');
  openDialog({
    title: `Enrol ${site}/${device}`,
    content: [
      heard,
      element(
        'p',
        { id: 'enrol-help' },
        'Type or paste the fingerprint that is printed on the camera itself: only who stands before it knows which it is. ',
        'On the camera, ',
        element('code', {}, 'lintel identity'),
        ' prints it.',
      ),
      element('label', {}, 'Printed fingerprint ', typed),
    ],
    action: 'Enrol',
    act: () => ask('/api/enrol', { site, device, fingerprint: typed.value }),
    done,
  });
}

/**
 * @param {ShownDoor} door
 * @param {() => Promise<void>} done
 */
export function openWithdrawal({ site, device }, done) {
  openDialog({
    title: `Withdraw ${site}/${device}`,
    content: [
      element('p', {}, 'Its counts are not used any more, until it is enrolled again. They are kept.'),
    ],
    action: 'Withdraw',
    act: () => ask('/api/withdraw', { site, device }),
    done,
  });
}

/** @param {{ title: string, content: Node[], action: string, act: () => Promise<unknown>, done: () => Promise<void> }} what */
function openDialog({ title, content, action, act, done }) {
  const dialog = byId('enrol', HTMLDialogElement);
  const wrong = element('p', { id: 'enrol-error', role: 'alert' });
  const close = () => dialog.close();
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    try {
      await act();
      close();
      await done();
    } catch (error) {
      wrong.textContent = error instanceof Error ? error.message : String(error);
    }
  };
  dialog.replaceChildren(
    element(
      'form',
      { onsubmit: submit },
      element('h2', { id: 'enrol-title' }, title),
      ...content,
      wrong,
      element(
        'p',
        { class: 'actions' },
        element('button', { class: 'main' }, action),
        element('button', { type: 'button', onclick: close }, 'Cancel'),
      ),
    ),
  );
  dialog.showModal();
}
