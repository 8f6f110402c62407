import { expect, test } from 'vitest';
import { LatestLines } from './latest-lines.ts';

test('a line is news when it differs from the last one of its door', () => {
  const lines = new LatestLines();
  const told = [
    ['hall/front', 'runs'],
    ['hall/front', 'runs'],
    ['hall/back', 'runs'],
    ['hall/front', 'is lost'],
    ['hall/front', 'runs'],
  ] as const;
  expect(told.map(([door, line]) => lines.isNews(door, line))).toEqual([true, false, true, true, true]);
});

test('only so many doors are kept in mind, those that were heard of last', () => {
  const lines = new LatestLines(2);
  for (const door of ['a', 'b', 'a', 'c']) lines.isNews(door, 'runs');
  expect(['c', 'a', 'b'].map((door) => lines.isNews(door, 'runs'))).toEqual([false, false, true]);
});
