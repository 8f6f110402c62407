import { LintelError } from '../lintel-error.ts';
import { parseFingerprint } from '../wire/fingerprint.ts';
import { checkAddress, type DeviceAddress } from '../wire/report-topic.ts';
import { loadMonitorSettings } from './settings/monitor-settings.ts';
import type { Door, ReportStore } from './store/report-store.ts';
import { SqliteStore } from './store/sqlite-store.ts';

/** From now on the door is known by this key. @returns what was done. @throws LintelError */
export async function enrolDoor(settingsFile: string, name: string, text: string): Promise<string> {
  const address = parseDoor(name);
  const key = parseFingerprint(text);
  if (key === undefined) {
    throw new LintelError(
      'USAGE',
      `'${text}' is no fingerprint: give eight groups of four hexadecimal digits, as 'lintel identity' prints them`,
    );
  }
  return withStore(settingsFile, async (store) => {
    const door = await find(store, address);
    await store.enrol(address, key);
    if (door?.enrolledKey === key) return `${name} was enrolled with this key before`;
    const before = door?.enrolledKey ? `, in place of ${door.enrolledKey}` : '';
    const other =
      door?.status && door.status.signedBy !== key
        ? `; what it sent last is signed by ${door.status.signedBy}`
        : '';
    return `${name} is enrolled with ${key}${before}${door ? other : '; nothing was heard of it yet'}`;
  });
}

/** @returns what was done. @throws LintelError */
export async function withdrawDoor(settingsFile: string, name: string): Promise<string> {
  const address = parseDoor(name);
  return withStore(settingsFile, async (store) => {
    const door = await find(store, address);
    if (door?.enrolledKey === undefined) {
      throw new LintelError(
        'NOT_ENROLLED',
        `${name} is not enrolled: 'lintel monitor doors' lists those that are`,
      );
    }
    await store.enrol(address, undefined);
    return `${name} is not enrolled any more; its key was ${door.enrolledKey}`;
  });
}

/** Opens what the settings name, for one thing. */
export async function withStore<Result>(
  settingsFile: string,
  work: (store: ReportStore) => Promise<Result>,
): Promise<Result> {
  const store = SqliteStore.open((await loadMonitorSettings(settingsFile)).store.file);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

function parseDoor(name: string): DeviceAddress {
  const [site = '', device = '', ...rest] = name.split('/');
  if (rest.length > 0) throw new LintelError('USAGE', `'${name}' is no door: give SITE/DEVICE`);
  return checkAddress({ site, device });
}

async function find(store: ReportStore, address: DeviceAddress): Promise<Door | undefined> {
  return (await store.doors()).find(({ site, device }) => site === address.site && device === address.device);
}
