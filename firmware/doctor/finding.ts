import { LintelError } from '../../src/lintel-error.ts';

/** In the order in which they are looked at. */
export type Item =
  | 'settings'
  | 'model'
  | 'speed'
  | 'spool'
  | 'state'
  | 'disk'
  | 'clock'
  | 'certificates'
  | 'broker'
  | 'sandbox'
  | 'lines'
  | 'button'
  | 'sense'
  | 'camera';

/** - `skipped`: could not be looked at here and now, which says nothing of how it is */
export type FindingState = 'ok' | 'warn' | 'fail' | 'skipped';

/** What was found of one thing, in words; what is not well is followed by what to do. No secret is ever in it. */
export interface Finding {
  readonly item: Item;
  readonly state: FindingState;
  readonly text: string;
}

export function ok(item: Item, text: string): Finding {
  return { item, state: 'ok', text };
}

export function warn(item: Item, text: string): Finding {
  return { item, state: 'warn', text };
}

export function fail(item: Item, text: string): Finding {
  return { item, state: 'fail', text };
}

export function skipped(item: Item, text: string): Finding {
  return { item, state: 'skipped', text };
}

/** What `look` finds; what this project's own errors say is a fail. */
export async function found(item: Item, look: () => Promise<Finding> | Finding): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof LintelError) return fail(item, error.message);
    throw error;
  }
}
