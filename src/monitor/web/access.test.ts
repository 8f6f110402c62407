import { describe, expect, it } from 'vitest';
import { OwnNames } from '../../web/own-name.ts';
import { checkEntrance, proxyTest } from './access.ts';

const loopback = { host: '127.0.0.1', access: { by: 'loopback' }, proxies: [], hasTls: false } as const;
const password = { by: 'password', file: 'passwords' } as const;
const proxy = { by: 'proxy', header: 'X-Remote-User' } as const;
const isOpen = expect.objectContaining({ code: 'WEB_OPEN' });

describe('where the page may be served', () => {
  it.each([
    loopback,
    { ...loopback, host: '::1' },
    { ...loopback, access: password },
    { ...loopback, host: '0.0.0.0', access: password, hasTls: true },
    { ...loopback, host: '0.0.0.0', access: password, proxies: ['10.0.0.7'] },
    { ...loopback, host: '0.0.0.0', access: proxy, proxies: ['10.0.0.7'] },
  ])('is here: %j', (entrance) => {
    expect(() => checkEntrance(entrance)).not.toThrow();
  });

  it.each([
    { ...loopback, host: '0.0.0.0' },
    { ...loopback, host: 'monitor.example' },
    { ...loopback, host: '0.0.0.0', hasTls: true },
    { ...loopback, host: '0.0.0.0', access: password },
    { ...loopback, access: proxy },
  ])('is not here: %j', (entrance) => {
    expect(() => checkEntrance(entrance)).toThrow(isOpen);
  });
});

describe('a trusted proxy', () => {
  it('is one by its address, however the socket writes that', () => {
    const isProxy = proxyTest(['10.0.0.7', '192.168.0.0/16', 'fd00::/8']);
    expect(
      ['10.0.0.7', '::ffff:10.0.0.7', '192.168.3.4', 'fd12::1'].filter((from) => !isProxy(from)),
    ).toEqual([]);
    expect(['10.0.0.8', '::1', 'fe80::1', '', undefined, 'proxy'].filter(isProxy)).toEqual([]);
  });

  it.each(['proxy.example', '10.0.0.0/33', '10.0.0.0/x', '10.0.0.0/8/8', ''])('is not named %j', (name) => {
    expect(() => proxyTest([name])).toThrow(expect.objectContaining({ code: 'WEB_PROXY' }));
  });
});

describe('our own names', () => {
  const names = new OwnNames(['Monitor.example'], 'use localhost');

  it('are localhost, addresses, and what the settings say', () => {
    const ours = [
      'localhost',
      'localhost:8080',
      '127.0.0.1:1',
      '[::1]:8080',
      '10.1.2.3',
      'monitor.example:443',
    ];
    expect(ours.filter((host) => !names.has(host))).toEqual([]);
    const others = [
      'evil.example',
      'localhost.evil.example',
      '',
      undefined,
      'user@localhost',
      'a b',
      'x/localhost',
    ];
    expect(others.filter((host) => names.has(host))).toEqual([]);
  });

  it('make an origin ours only when it is the very one that was called', () => {
    expect(names.isOrigin('https://monitor.example', 'monitor.example')).toBe(true);
    expect(names.isOrigin('http://localhost:8080', 'localhost:8080')).toBe(true);
    for (const origin of ['http://localhost:1', 'null', undefined, 'https://evil.example', '']) {
      expect(names.isOrigin(origin, 'localhost:8080'), origin).toBe(false);
    }
    expect(names.isOrigin('http://evil.example', 'evil.example')).toBe(false);
  });
});
