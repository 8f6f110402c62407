import { LintelError } from '../../lintel-error.ts';
import { parseFingerprint } from '../../wire/fingerprint.ts';
import type { DeviceAddress } from '../../wire/report-topic.ts';
import type { ReportStore } from '../store/report-store.ts';

/**
 * Enrols the camera whose fingerprint a person has read from the camera itself. What was heard in the door's name has to be signed
 * with that key: else another camera speaks there.
 * @returns the fingerprint
 * @throws LintelError DOOR_UNKNOWN, FINGERPRINT_INVALID, FINGERPRINT_DIFFERS
 */
export async function enrolByFingerprint(
  store: ReportStore,
  address: DeviceAddress,
  typed: string,
): Promise<string> {
  const door = await doorAt(store, address);
  const key = parseFingerprint(typed);
  if (key === undefined) {
    throw new LintelError(
      'FINGERPRINT_INVALID',
      'this is no fingerprint: it has 32 digits from 0 to 9 and a to f, in eight groups of four',
    );
  }
  if (door.status && door.status.signedBy !== key) {
    throw new LintelError(
      'FINGERPRINT_DIFFERS',
      'this is not the key with which that camera signs: compare it with what is printed on the camera at this door; if it is the same there, another camera speaks in its name',
    );
  }
  await store.enrol(door, key);
  return key;
}

/** @throws LintelError DOOR_UNKNOWN */
export async function withdraw(store: ReportStore, address: DeviceAddress): Promise<void> {
  await store.enrol(await doorAt(store, address), undefined);
}

async function doorAt(store: ReportStore, { site, device }: DeviceAddress) {
  const door = (await store.doors(site)).find((known) => known.device === device);
  if (door) return door;
  throw new LintelError('DOOR_UNKNOWN', 'nothing was ever heard of this door');
}
