import { LintelError } from '../lintel-error.ts';
import { checkAddress, type DeviceAddress } from '../wire/report-topic.ts';
import { enrolDoor, withdrawDoor } from './enrolment.ts';
import { loadMonitorSettings } from './settings/monitor-settings.ts';
import { withStore } from './store/open-store.ts';

/** From now on the door is known by this key, whether it was heard or not. @returns what was done. @throws LintelError */
export async function enrolByCommand(settingsFile: string, name: string, text: string): Promise<string> {
  const address = parseDoor(name);
  const { store } = await loadMonitorSettings(settingsFile);
  const { key, before } = await withStore(store, (open) =>
    enrolDoor(open, address, text, { asHeard: false }),
  );
  if (!before) return `${name} is enrolled with ${key}; nothing was heard of it yet`;
  const { enrolledKey, status } = before;
  if (enrolledKey === key) return `${name} was enrolled with this key before`;
  const inPlace = enrolledKey ? `, in place of ${enrolledKey}` : '';
  const other =
    status && status.signedBy !== key ? `; what it sent last is signed by ${status.signedBy}` : '';
  return `${name} is enrolled with ${key}${inPlace}${other}`;
}

/** @returns what was done. @throws LintelError */
export async function withdrawByCommand(settingsFile: string, name: string): Promise<string> {
  const address = parseDoor(name);
  const { store } = await loadMonitorSettings(settingsFile);
  const key = await withStore(store, (open) => withdrawDoor(open, address));
  if (key !== undefined) return `${name} is not enrolled any more; its key was ${key}`;
  throw new LintelError(
    'NOT_ENROLLED',
    `${name} is not enrolled: 'lintel monitor doors' lists those that are`,
  );
}

function parseDoor(name: string): DeviceAddress {
  const [site = '', device = '', ...rest] = name.split('/');
  if (rest.length > 0) throw new LintelError('USAGE', `'${name}' is no door: give SITE/DEVICE`);
  return checkAddress({ site, device });
}
