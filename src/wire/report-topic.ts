import { LintelError } from '../lintel-error.ts';
import { REPORT_LEVELS, type ReportLevel } from './report.ts';

/** Who reports: the building and the door, each one level of an MQTT topic. */
export interface DeviceAddress {
  readonly site: string;
  readonly device: string;
}

/** Every report of every device. */
export const REPORT_TOPIC_FILTER = 'lintel/v1/+/+/report/+';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** @throws LintelError ADDRESS_INVALID when a name could not stand in a topic */
export function checkAddress(address: DeviceAddress): DeviceAddress {
  for (const name of [address.site, address.device]) {
    if (NAME.test(name)) continue;
    throw new LintelError(
      'ADDRESS_INVALID',
      `'${name}' cannot name a site or device: use up to 64 letters, digits, '.', '_' and '-', beginning with a letter or digit`,
    );
  }
  return address;
}

export function isAddress({ site, device }: DeviceAddress): boolean {
  return NAME.test(site) && NAME.test(device);
}

/** @throws LintelError ADDRESS_INVALID */
export function reportTopic(address: DeviceAddress, level: ReportLevel): string {
  const { site, device } = checkAddress(address);
  return `lintel/v1/${site}/${device}/report/${level}`;
}

/** @returns undefined when the topic is not that of a report */
export function parseReportTopic(topic: string): (DeviceAddress & { level: ReportLevel }) | undefined {
  const [product, version, site = '', device = '', kind, last, ...rest] = topic.split('/');
  const level = REPORT_LEVELS.find((known) => known === last);
  if (product !== 'lintel' || version !== 'v1' || kind !== 'report' || !level || rest.length > 0)
    return undefined;
  return isAddress({ site, device }) ? { site, device, level } : undefined;
}
