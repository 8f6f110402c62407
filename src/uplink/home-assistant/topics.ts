import type { ReportLevel } from '../../wire/report.ts';
import { checkAddress, type DeviceAddress } from '../../wire/report-topic.ts';

/** Home Assistant's own prefix, as it is unless somebody changes it there. */
const PREFIX = 'homeassistant';

/** Where Home Assistant says that it has started. */
export const BIRTH_TOPIC = `${PREFIX}/status`;

export function discoveryTopic(address: DeviceAddress): string {
  return `${PREFIX}/device/${deviceId(address)}/config`;
}

/**
 * None ends with 'status': of the site alone, that would be the status of a door `json`, and the broker's access list knows sites
 * and cameras by the same kind of name.
 * @throws LintelError ADDRESS_INVALID
 */
export function stateTopic(address: DeviceAddress, of: ReportLevel | 'status'): string {
  return `${base(address)}/json/${of === 'status' ? 'state' : of}`;
}

export function availabilityTopic(address: DeviceAddress): string {
  return `${base(address)}/availability`;
}

/**
 * One name for site and device. Home Assistant takes letters, digits, '_' and '-' alone, so the others are written as
 * their number, and '_' too: two addresses never have one id.
 */
export function deviceId({ site, device }: DeviceAddress): string {
  const written = (name: string) => name.replace(/[._]/g, (sign) => `_${sign.charCodeAt(0).toString(16)}`);
  return `lintel__${written(site)}__${written(device)}`;
}

function base(address: DeviceAddress): string {
  const { site, device } = checkAddress(address);
  return `lintel/v1/${site}/${device}`;
}
