import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { localLink } from './local-link.ts';

const at = (cidr: string, scopeid = 0): NetworkInterfaceInfo => {
  const address = cidr.split('/')[0]!;
  const rest = { address, cidr, netmask: '', mac: '', internal: false };
  return address.includes(':') ? { ...rest, family: 'IPv6', scopeid } : { ...rest, family: 'IPv4' };
};
const devices = {
  lo: [at('127.0.0.1/8'), at('::1/128')],
  eth0: [at('192.168.1.20/24'), at('169.254.9.9/16'), at('fe80::1/64', 2)],
  usb0: [at('fe80::2/64', 3), at('10.12.0.1/24')],
};

describe('the local link', () => {
  it.each([
    [
      '127.0.0.1',
      '127.0.0.1',
      ['127.0.0.1', '127.9.9.9', '::ffff:127.0.0.1'],
      ['10.12.0.2', '::1', undefined],
    ],
    ['127.0.0.2', '127.0.0.2', ['127.0.0.1'], ['192.168.1.20']],
    ['::1', '::1', ['::1'], ['127.0.0.1', 'fe80::9']],
    ['usb0', '10.12.0.1', ['10.12.0.2'], ['10.12.1.2', '192.168.1.5', '127.0.0.1']],
    ['169.254.9.9', '169.254.9.9', ['169.254.3.3'], ['192.168.1.5', '8.8.8.8']],
    ['fe80::1%eth0', 'fe80::1%eth0', ['fe80::77%eth0', 'fe80::77'], ['fe81::1', '2001:db8::1']],
  ])('at %s is served at %s, and for those on it alone', (host, served, near, far) => {
    const link = localLink(host, devices);
    expect(link.host).toBe(served);
    expect(near.filter((address) => !link.has(address))).toEqual([]);
    expect(far.filter((address) => link.has(address))).toEqual([]);
  });

  it.each([
    '0.0.0.0',
    '::',
    '192.168.1.20',
    '10.12.0.1',
    'localhost',
    'eth0',
    'fe80::1',
    '169.254.300.1',
    '8.8.8.8',
  ])('is not %s, which a network could reach or which names nothing certain', (host) => {
    expect(() => localLink(host, devices)).toThrow(expect.objectContaining({ code: 'AIMING_OPEN' }));
  });

  it.each(['usb0', '169.254.9.9', 'fe80::1%eth0', 'fe80::1%usb0'])(
    '%s is not there while its cable is out',
    (host) => {
      expect(() => localLink(host, { lo: devices.lo })).toThrow(
        expect.objectContaining({ code: 'AIMING_NO_LINK' }),
      );
    },
  );
});
