import { LintelError } from '../lintel-error.ts';
import { parseFingerprint } from '../wire/fingerprint.ts';
import type { DeviceAddress } from '../wire/report-topic.ts';
import type { Door, ReportStore } from './store/report-store.ts';

export interface Enrolment {
  /** The fingerprint by which the door is known from now on. */
  readonly key: string;
  /** The door as it was before; undefined when nothing was ever heard of it. */
  readonly before: Door | undefined;
}

/**
 * Enrols the camera whose fingerprint a person has read from the camera itself.
 * @param asHeard refuses a door of which nothing was heard, and a key other than that of its last status: then either the
 *   fingerprint is mistyped, or another camera speaks in the door's name
 * @throws LintelError FINGERPRINT_INVALID, DOOR_UNKNOWN, FINGERPRINT_DIFFERS
 */
export async function enrolDoor(
  store: ReportStore,
  address: DeviceAddress,
  typed: string,
  { asHeard }: { readonly asHeard: boolean },
): Promise<Enrolment> {
  const before = await findDoor(store, address);
  if (asHeard && !before) throw unknown(address);
  const key = parseFingerprint(typed);
  if (key === undefined) {
    throw new LintelError(
      'FINGERPRINT_INVALID',
      'this is no fingerprint: it has 32 digits from 0 to 9 and a to f, in eight groups of four',
    );
  }
  if (asHeard && before?.status && before.status.signedBy !== key) {
    throw new LintelError(
      'FINGERPRINT_DIFFERS',
      'this is not the key with which that camera signs: compare it with what is printed on the camera at this door; if it is the same there, another camera speaks in its name',
    );
  }
  await store.enrol(address, key);
  return { key, before };
}

/** Takes an enrolment back. @returns the key, or undefined when there was none. @throws LintelError DOOR_UNKNOWN */
export async function withdrawDoor(store: ReportStore, address: DeviceAddress): Promise<string | undefined> {
  const door = await findDoor(store, address);
  if (!door) throw unknown(address);
  await store.enrol(address, undefined);
  return door.enrolledKey;
}

async function findDoor(store: ReportStore, { site, device }: DeviceAddress): Promise<Door | undefined> {
  return (await store.doors(site)).find((known) => known.device === device);
}

function unknown({ site, device }: DeviceAddress): LintelError {
  return new LintelError('DOOR_UNKNOWN', `nothing was ever heard of ${site}/${device}`);
}
