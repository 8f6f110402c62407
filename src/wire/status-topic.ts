import { checkAddress, type DeviceAddress, isAddress } from './report-topic.ts';

/** The status of every device. */
export const STATUS_TOPIC_FILTER = 'lintel/v1/+/+/status';

/** @throws LintelError ADDRESS_INVALID */
export function statusTopic(address: DeviceAddress): string {
  const { site, device } = checkAddress(address);
  return `lintel/v1/${site}/${device}/status`;
}

/** @returns undefined when the topic is not that of a status */
export function parseStatusTopic(topic: string): DeviceAddress | undefined {
  // Most topics are of reports.
  if (!topic.endsWith('/status')) return undefined;
  const [product, version, site = '', device = '', kind, ...rest] = topic.split('/');
  if (product !== 'lintel' || version !== 'v1' || kind !== 'status' || rest.length > 0) return undefined;
  return isAddress({ site, device }) ? { site, device } : undefined;
}
