import type { Report } from '../wire/report.ts';
import type { Door, DoorStatus } from './store/report-store.ts';

/** What an enrolled camera is expected to run; undefined where the facilities team has not said. */
export interface ExpectedRelease {
  /** Such as '0.1.0'. */
  readonly software?: string | undefined;
  /** SHA-256 in hexadecimal digits, as in the status. */
  readonly models?: string | undefined;
  readonly settings?: string | undefined;
}

/**
 * What is wrong at a door, most urgent first.
 * - `other-key`: what arrives last in its name is signed by another key than the enrolled one
 * - `sign-fault`: the sign could not be lit, or not be darkened
 * - `device-fault`, `model-fault`: as the camera's status says
 * - `silent`: nothing signed by its key for two windows
 * - `differs`: its software, models or settings are not what is expected (requirement R1)
 * - `clock-wrong`: its time is ahead of ours
 * - `not-enrolled`: nobody has said whose key it is to have
 */
export const TROUBLES = [
  'other-key',
  'sign-fault',
  'device-fault',
  'model-fault',
  'silent',
  'differs',
  'clock-wrong',
  'not-enrolled',
] as const;
export type Trouble = (typeof TROUBLES)[number];

export function isTrouble(kind: string): kind is Trouble {
  return (TROUBLES as readonly string[]).includes(kind);
}

/** What is known of a door besides the store's word. */
export interface DoorView {
  readonly door: Door;
  /** The newest report that its enrolled key had signed of a window that has begun. */
  readonly latest: Report | undefined;
  readonly expected: ExpectedRelease;
  readonly nowSeconds: number;
}

/** So many windows without a word, and a camera is silent. */
const SILENT_WINDOWS = 2;
/** A camera's window, until a report says how long it is. */
const ASSUMED_WINDOW_SECONDS = 3600;
/** On the way, and in a queue. */
const GRACE_SECONDS = 120;
/** A clock set by a network is never so far off. */
const AHEAD_SECONDS = 300;

/** Everything that is wrong at a door, in the order of `TROUBLES`; nothing for one that is as it should be. */
export function troublesOf({ door, latest, expected, nowSeconds }: DoorView): Trouble[] {
  const { status, enrolledKey, heardSeconds } = door;
  if (enrolledKey === undefined) return ['not-enrolled'];
  const found = new Set<Trouble>();
  const windowSeconds = latest?.windowSeconds ?? ASSUMED_WINDOW_SECONDS;
  const silentSeconds = SILENT_WINDOWS * windowSeconds + GRACE_SECONDS;
  if (nowSeconds - (heardSeconds ?? 0) > silentSeconds) found.add('silent');
  if (status && status.signedBy !== enrolledKey) found.add('other-key');
  else if (status) {
    if (status.state === 'fault-sign') found.add('sign-fault');
    if (status.state === 'fault-device') found.add('device-fault');
    if (status.state === 'fault-model') found.add('model-fault');
    if (differences(status, expected).length > 0) found.add('differs');
    if (status.timeSeconds > nowSeconds + AHEAD_SECONDS) found.add('clock-wrong');
  }
  if (latest && latest.windowStartSeconds + latest.windowSeconds > nowSeconds + AHEAD_SECONDS)
    found.add('clock-wrong');
  return TROUBLES.filter((trouble) => found.has(trouble));
}

const PARTS = ['software', 'models', 'settings'] as const;
export type ReleasePart = (typeof PARTS)[number];

/** What of a camera's status is not as expected. */
export function differences(status: DoorStatus, expected: ExpectedRelease): ReleasePart[] {
  const { models, settings } = status;
  const found = { software: status.software.join('.'), models, settings };
  return PARTS.filter((part) => expected[part] !== undefined && expected[part] !== found[part]);
}
