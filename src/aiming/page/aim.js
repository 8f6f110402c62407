/** @import { AimingEnd, AimingStatus } from '../aiming-status.ts' */
import { ask } from './ask.js';
import { byId, say } from './by-id.js';
import { showLines } from './door-lines.js';
import { DoorwayEditor } from './doorway-editor.js';
import { showHints, watchFocus } from './picture-hints.js';

const EVERY_MS = 500;
/** So many questions that nobody answered, and the camera is gone. */
const UNANSWERED = 6;

/** @type {Record<AimingEnd | 'gone', string>} */
const ENDS = {
  pressed:
    'The button was pressed and it works: aiming is over, and the camera is opted out. Press once more, and it watches.',
  time: 'The time is over: the camera watches and counts now.',
  stopped: 'The camera’s program was stopped: aiming is over.',
  gone: 'The camera does not answer any more: aiming is over, or the cable is out.',
};

const editor = new DoorwayEditor();
const still = byId('still', HTMLImageElement);
let shownStill = 0;
let unanswered = 0;

watchFocus();
still.addEventListener('load', () => {
  still.hidden = false;
  editor.fit(still.naturalWidth, still.naturalHeight);
});
await editor.open();
await look();

async function look() {
  /** @type {AimingStatus | { over: true } | undefined} */
  let status;
  try {
    status = await ask('/api/status');
    unanswered = 0;
  } catch {
    unanswered++;
  }
  if (unanswered >= UNANSWERED) return end('gone');
  if (status && 'over' in status) return end('gone');
  if (status) {
    show(status);
    if (status.ended) return end(status.ended);
  }
  setTimeout(() => void look(), EVERY_MS);
}

/** @param {AimingStatus} status */
function show(status) {
  const minutes = Math.ceil(status.endsInSeconds / 60);
  say('left', minutes === 1 ? 'Less than a minute left' : `${minutes} minutes left`);
  showLines(status);
  if (status.still > 0) showHints(status.hints);
  say('picture-note', pictureNote(status));
  if (status.still !== shownStill) {
    shownStill = status.still;
    if (shownStill === 0) still.hidden = true;
    else still.src = `/still.jpg?${shownStill}`;
  }
}

/** @param {AimingStatus} status */
function pictureNote({ phase, coveredWhole, still }) {
  if (phase !== 'watching') return 'The camera is closed: it opens once the sign is seen to be lit.';
  if (still === 0) return 'Waiting for a picture.';
  if (coveredWhole) return 'This picture is covered whole, since the search for faces did not finish.';
  return 'A new picture comes twice a second. Nothing is counted meanwhile.';
}

/** @param {AimingEnd | 'gone'} how */
function end(how) {
  editor.close();
  still.hidden = true;
  still.removeAttribute('src');
  say('left', '');
  say('picture-note', '');
  say('news', ENDS[how]);
}
