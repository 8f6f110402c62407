import { expect, test } from 'vitest';
import { explainTrouble, hungUp } from './explain-trouble.ts';

test('a reason that somebody can do something about says what, and another is told as it is', () => {
  expect(explainTrouble(hungUp(142))).toMatch(
    /another client .* give each camera a site and device of its own/,
  );
  expect(explainTrouble(hungUp(130))).toBe('the broker cannot be used: it hung up: reason code 130');
});

test('an error without words is told by its code, and one of several lines in one', () => {
  expect(explainTrouble(Object.assign(new Error(''), { code: 'ECONNREFUSED' }))).toContain('ECONNREFUSED');
  expect(explainTrouble(new Error('one\ntwo'))).toBe('the broker cannot be used: one two');
});

test.each([
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'give broker.certificate and broker.key'],
  ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', 'put a new one in broker.certificate'],
  ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED', 'was revoked: put a new one'],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'give the broker (cafile) that authority'],
  ['CERT_NOT_YET_VALID', "set this machine's clock"],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', "put the authority's certificate there"],
])('%s is told with what to do', (code, advice) => {
  expect(explainTrouble(Object.assign(new Error('x'), { code }))).toContain(advice);
});
