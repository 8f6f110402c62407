import { checkAddress, type DeviceAddress } from '../../wire/report-topic.ts';

export type MessageType = 'NBIRTH' | 'NDEATH' | 'NCMD' | 'DBIRTH' | 'DDATA' | 'DDEATH';

/** The one Sparkplug device behind each camera: the doorway that it counts at. */
const DOORWAY = 'doorway';

/**
 * The topics of one camera (Sparkplug 3.0.0, chapter 4): the site is the group, and the camera is an edge node of its
 * own, since every edge node is one connection.
 * @throws LintelError ADDRESS_INVALID
 */
export function edgeTopic(address: DeviceAddress, type: MessageType): string {
  const { site, device } = checkAddress(address);
  const node = `spBv1.0/${site}/${type}/${device}`;
  return type.startsWith('D') ? `${node}/${DOORWAY}` : node;
}
