import { BlockList, isIPv4 } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';
import { isLocalHost, LOCAL_DEVICE } from '../../config/local-host.ts';
import { LintelError } from '../../lintel-error.ts';

export type Devices = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** Where the page is served, and from where it may be asked for. */
export interface LocalLink {
  readonly host: string;
  /** Whether an address is on the same link. A machine farther off can send to ours, too, by way of another device. */
  has(address: string | undefined): boolean;
}

/**
 * @param host 'usb0', or a loopback or link-local address
 * @param devices as `os.networkInterfaces` gives them
 * @throws LintelError AIMING_OPEN for an address that a network could reach, AIMING_NO_LINK when there is no such address now
 */
export function localLink(host: string, devices: Devices): LocalLink {
  if (!isLocalHost(host)) {
    throw new LintelError(
      'AIMING_OPEN',
      `aiming.host: ${host} could be reached from a network; use '${LOCAL_DEVICE}', a loopback or a link-local address`,
    );
  }
  const [plain, device] = host.split('%') as [string, string?];
  const found =
    host === LOCAL_DEVICE
      ? (devices[LOCAL_DEVICE]?.find(({ family }) => family === 'IPv4') ?? devices[LOCAL_DEVICE]?.[0])
      : Object.entries(devices)
          .filter(([name]) => device === undefined || name === device)
          .flatMap(([, addresses]) => addresses ?? [])
          .find(({ address, cidr }) => address === plain || holds(cidr, plain));
  if (!found?.cidr) {
    throw new LintelError(
      'AIMING_NO_LINK',
      `aiming.host: this machine has no ${host} now; connect the cable, or name another address`,
    );
  }
  const { address, cidr, family } = found;
  const own = host === LOCAL_DEVICE ? address : plain;
  const scope = family === 'IPv6' && own.startsWith('fe80:') ? `%${device ?? LOCAL_DEVICE}` : '';
  return { host: own + scope, has: (peer) => peer !== undefined && holds(cidr, peer) };
}

/** @param cidr such as 127.0.0.1/8 */
function holds(cidr: string | null, address: string): boolean {
  const [network, bits] = (cidr ?? '').split('/');
  if (!network || !bits) return false;
  // A socket for both versions writes those of version 4 so; one of version 6 names the device.
  const plain = address.replace(/^::ffff:(?=\d+[.])/, '').replace(/%.*/, '');
  if (isIPv4(plain) !== isIPv4(network)) return false;
  const list = new BlockList();
  const type = isIPv4(network) ? 'ipv4' : 'ipv6';
  list.addSubnet(network, Number(bits), type);
  return list.check(plain, type);
}
