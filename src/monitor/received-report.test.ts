import { expect, test } from 'vitest';
import { exampleReport } from '../wire/example-report.ts';
import { signedExample } from '../wire/example-signer.ts';
import { receiveReport } from './received-report.ts';

const isMalformed = expect.objectContaining({ code: 'REPORT_MALFORMED' });

test('a report is told with the door that its topic names', () => {
  const received = receiveReport('lintel/v1/hall/front/report/window', signedExample());
  expect(received).toEqual({ site: 'hall', device: 'front', report: exampleReport() });
});

test('a report on the topic of another level, or on no topic of a report, is refused', () => {
  const bytes = signedExample();
  expect(() => receiveReport('lintel/v1/hall/front/report/day', bytes)).toThrow(isMalformed);
  expect(() => receiveReport('lintel/v1/hall/front/status', bytes)).toThrow(isMalformed);
});

test('bytes that are no report are refused', () => {
  expect(() => receiveReport('lintel/v1/hall/front/report/window', new Uint8Array(160))).toThrow(isMalformed);
});
