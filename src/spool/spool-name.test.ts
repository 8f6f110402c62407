import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSpoolName, parseTemporaryName, spoolName, temporaryName } from './spool-name.ts';

const windows = fc.record({
  level: fc.constantFrom('window' as const, 'day' as const),
  windowStartSeconds: fc.nat(0x7fff_ffff),
});

test('a window is told by the name of its file', () => {
  expect(spoolName({ level: 'day', windowStartSeconds: 1_767_571_200 })).toBe('1767571200-day.report');
  fc.assert(
    fc.property(windows, (window) => {
      expect(parseSpoolName(spoolName(window))).toEqual(window);
      expect(parseTemporaryName(temporaryName(window))).toEqual(window);
      expect(parseSpoolName(temporaryName(window))).toBeUndefined();
      expect(parseTemporaryName(spoolName(window))).toBeUndefined();
    }),
  );
});

test.each([
  '',
  'marks',
  '1-window.report.bad',
  '01-window.report',
  '-1-day.report',
  '1-hour.report',
  '12345678901-day.report',
])("'%s' is not a report", (name) => {
  expect(parseSpoolName(name)).toBeUndefined();
});
