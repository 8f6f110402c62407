import { expect, test } from 'vitest';
import { exampleReport } from '../wire/example-report.ts';
import { exampleSigner, signedExample } from '../wire/example-signer.ts';
import { fingerprint } from '../wire/fingerprint.ts';
import { receiveReport } from './received-report.ts';

const KEY = fingerprint(exampleSigner().publicKey);
const isMalformed = expect.objectContaining({ code: 'REPORT_MALFORMED' });

test('a report is told with the door that its topic names', () => {
  const received = receiveReport('lintel/v1/hall/front/report/window', signedExample());
  expect(received).toEqual({ site: 'hall', device: 'front', report: exampleReport(), signedBy: KEY });
});

test('a report on the topic of another level, or on no topic of a report, is refused', () => {
  const bytes = signedExample();
  expect(() => receiveReport('lintel/v1/hall/front/report/day', bytes)).toThrow(isMalformed);
  expect(() => receiveReport('lintel/v1/hall/front/status', bytes)).toThrow(isMalformed);
});

test('bytes that are no report are refused', () => {
  expect(() => receiveReport('lintel/v1/hall/front/report/window', new Uint8Array(160))).toThrow(isMalformed);
});

test('a report that was changed, or moved to the topic of another door, is refused', () => {
  const isBad = expect.objectContaining({ code: 'SIGNATURE_BAD' });
  const bytes = signedExample();
  expect(() => receiveReport('lintel/v1/hall/back/report/window', bytes)).toThrow(isBad);
  bytes.set(signedExample({ in: { status: 'published', value: 24 } }).subarray(0, 60));
  expect(() => receiveReport('lintel/v1/hall/front/report/window', bytes)).toThrow(isBad);
});
