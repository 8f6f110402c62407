import { expect, test } from 'vitest';
import { exampleReport } from '../wire/example-report.ts';
import { RepeatFilter } from './repeat-filter.ts';

const at = (windowStartSeconds: number) => ({
  site: 'hall',
  device: 'front',
  report: exampleReport({ windowStartSeconds }),
  signedBy: 'a key',
});

test('a report of the same door, level and window is a repeat, and no other is', () => {
  const filter = new RepeatFilter();
  const first = at(3600);
  expect(filter.isRepeat(first)).toBe(false);
  expect(filter.isRepeat(at(3600))).toBe(true);
  expect(filter.isRepeat(at(7200))).toBe(false);
  expect(filter.isRepeat({ ...first, device: 'back' })).toBe(false);
  expect(filter.isRepeat({ ...first, signedBy: 'another key' })).toBe(false);
  expect(filter.isRepeat({ ...first, report: { ...first.report, level: 'day' } })).toBe(false);
});

test('only so many reports are kept in mind, the latest ones', () => {
  const filter = new RepeatFilter(2);
  for (const window of [1, 2, 3]) filter.isRepeat(at(window));
  expect([3, 2, 1].map((window) => filter.isRepeat(at(window)))).toEqual([true, true, false]);
});
