import { LintelError } from '../../lintel-error.ts';
import { sparkplug } from '../../wire/generated/sparkplug.js';

/** The metric by which a host asks for the birth certificates again; no other command is obeyed. */
export const REBIRTH = 'Node Control/Rebirth';

/** Far more than a host needs for the one metric that is looked for. */
const MOST_BYTES = 4096;
const MOST_METRICS = 64;

/**
 * Whether a node command (NCMD) asks for a rebirth. It is all that ever comes in from the broker, so nothing in it is
 * believed: its size is bounded before anything of it is read, and metrics of other names and types are passed over.
 * @throws LintelError COMMAND_MALFORMED
 */
export function asksForRebirth(bytes: Uint8Array): boolean {
  if (bytes.length > MOST_BYTES) throw malformed(`it has ${bytes.length} bytes, over ${MOST_BYTES}`);
  const { metrics } = decode(bytes);
  if (metrics.length > MOST_METRICS)
    throw malformed(`it has ${metrics.length} metrics, over ${MOST_METRICS}`);
  return metrics.some(({ name, booleanValue }) => name === REBIRTH && booleanValue === true);
}

function decode(bytes: Uint8Array) {
  try {
    return sparkplug.v1.Payload.decode(bytes);
  } catch (error) {
    throw malformed('it is not protobuf', error);
  }
}

function malformed(reason: string, cause?: unknown): LintelError {
  return new LintelError('COMMAND_MALFORMED', `this is not a Sparkplug command: ${reason}`, cause);
}
