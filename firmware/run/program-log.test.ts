import { expect, it } from 'vitest';
import { ProgramLog } from './program-log.ts';

it('tells trouble once in a row, with its reason, and then the first good news', () => {
  const told: string[] = [];
  const log = new ProgramLog('uplink', { note: (text) => told.push(text) });
  const refused = { level: 40, msg: 'not connected', reason: 'connect ECONNREFUSED', delayMs: 1 };
  for (const line of [
    { level: 30, msg: 'started' },
    refused,
    { ...refused, delayMs: 2 },
    { ...refused, reason: 'getaddrinfo ENOTFOUND' },
    { level: 30, msg: 'connected' },
    { level: 30, msg: 'delivered' },
    refused,
  ]) {
    log.line(line);
  }
  expect(told).toEqual([
    'uplink: not connected: connect ECONNREFUSED',
    'uplink: not connected: getaddrinfo ENOTFOUND',
    'uplink: connected',
    'uplink: not connected: connect ECONNREFUSED',
  ]);
});
