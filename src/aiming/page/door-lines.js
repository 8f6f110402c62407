/** @import { AimingStatus } from '../aiming-status.ts' */
import { say } from './by-id.js';

/**
 * How sign, sense and button are.
 * @param {AimingStatus} status
 */
export function showLines({ sign, sense, senseWired, button, presses, fault }) {
  say('sign', sign === 'lit' ? '● told to be lit' : '○ told to be dark');
  const seen = sense === 'lit' ? '● lit' : '○ dark';
  say('sense', senseWired ? seen : `${seen} (its own output, since no sense line is wired)`);
  say('button', `${button === 'down' ? '▼ pressed' : '△ not pressed'}, ${presses} presses since the start`);
  const differs = sign === sense ? '' : 'The sign is not seen as it was told to be.';
  say('lines-note', fault ? `Fault: ${fault}.` : differs);
}
