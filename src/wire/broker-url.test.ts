import { expect, test } from 'vitest';
import { isThisMachine, parseBrokerUrl } from './broker-url.ts';

test.each([
  ['mqtt://127.0.0.1:2883', { protocol: 'mqtt', host: '127.0.0.1', port: 2883 }],
  ['mqtts://broker.example/', { protocol: 'mqtts', host: 'broker.example', port: 8883 }],
  ['mqtt://[::1]', { protocol: 'mqtt', host: '::1', port: 1883 }],
  [
    'mqtt://door:p%40ss@host',
    { protocol: 'mqtt', host: 'host', port: 1883, username: 'door', password: 'p@ss' },
  ],
])('%s names a broker', (url, broker) => {
  expect(parseBrokerUrl(url)).toEqual(broker);
});

test.each([
  '',
  'host',
  'host:1883',
  'http://host',
  'mqtt://',
  'mqtt://host/path',
  'mqtt://host?clientId=x',
  'mqtt://host:99999',
  'mqtt://host:0',
  'mqtt://%e@host',
  'mqtt://door:%ff@host',
])("'%s' is refused", (url) => {
  const isRefused = expect.objectContaining({ code: 'BROKER_URL_INVALID' });
  expect(() => parseBrokerUrl(url)).toThrow(isRefused);
});

test('a refusal does not show the password', () => {
  expect(() => parseBrokerUrl('http://door:secret@host')).toThrow(/^(?!.*secret)/);
});

test.each(['localhost', '::1', '127.0.0.1', '127.255.1.20'])('%s is this machine', (host) => {
  expect(isThisMachine(host)).toBe(true);
});

test.each(['localhost.example', '127.0.0.1.example', '127.0.0.256', '127.1', '128.0.0.1', '::2'])(
  '%s may be another machine',
  (host) => {
    expect(isThisMachine(host)).toBe(false);
  },
);
