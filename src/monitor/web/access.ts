import { BlockList, isIP } from 'node:net';
import { LintelError } from '../../lintel-error.ts';
import { isThisMachine } from '../../wire/broker-url.ts';

/** Who may look: whoever is on this machine, who knows a password, or whom a proxy before us lets through. */
export type Access =
  | { readonly by: 'loopback' }
  /** @see PasswordFile */
  | { readonly by: 'password'; readonly file: string }
  /** The header in which a trusted proxy names the user whom it let in, such as `X-Remote-User`. */
  | { readonly by: 'proxy'; readonly header: string };

export interface Entrance {
  readonly host: string;
  readonly access: Access;
  /** Addresses, or ranges such as 10.0.0.0/8, of proxies that are believed. */
  readonly proxies: readonly string[];
  readonly hasTls: boolean;
}

/** @throws LintelError WEB_OPEN when the page would stand open to a network, or a password could be read on the way */
export function checkEntrance({ host, access, proxies, hasTls }: Entrance): void {
  if (access.by === 'proxy' && proxies.length === 0) {
    throw open('users are named by a proxy, but none is trusted: give its address as a trusted proxy');
  }
  if (isThisMachine(host)) return;
  if (access.by === 'loopback') {
    throw open(`the page would stand open on ${host}: give a password file, or a proxy that lets people in`);
  }
  if (access.by === 'password' && !hasTls && proxies.length === 0) {
    throw open(
      `passwords could be read on their way to ${host}: give a certificate, or put a proxy with TLS before it`,
    );
  }
}

/** @returns whether an address is one of the proxies'. @throws LintelError WEB_PROXY */
export function proxyTest(proxies: readonly string[]): (address: string | undefined) => boolean {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address = '', bits, ...rest] = proxy.split('/');
    const version = isIP(address);
    const most = version === 4 ? 32 : 128;
    const length = bits === undefined ? most : /^\d+$/.test(bits) ? Number(bits) : -1;
    if (version === 0 || length < 0 || length > most || rest.length > 0) {
      throw new LintelError(
        'WEB_PROXY',
        `'${proxy}' is no address of a proxy: use one like 10.0.0.7 or 10.0.0.0/8`,
      );
    }
    list.addSubnet(address, length, version === 4 ? 'ipv4' : 'ipv6');
  }
  return (address) => {
    if (address === undefined) return false;
    // A socket for both versions writes those of version 4 so.
    const plain = address.replace(/^::ffff:(?=\d+[.])/, '');
    const version = isIP(plain);
    return version !== 0 && list.check(plain, version === 4 ? 'ipv4' : 'ipv6');
  };
}

function open(message: string): LintelError {
  return new LintelError('WEB_OPEN', message);
}
