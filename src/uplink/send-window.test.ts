import { expect, test } from 'vitest';
import { SendWindow } from './send-window.ts';

test('no more are started than there is room for, in the order in which they came', () => {
  const window = new SendWindow(2);
  const started: number[] = [];
  for (const number of [1, 2, 3, 4]) window.enter(() => started.push(number));
  expect(started).toEqual([1, 2]);
  window.leave();
  window.enter(() => started.push(5));
  expect(started).toEqual([1, 2, 3]);
  window.leave();
  window.leave();
  expect(started).toEqual([1, 2, 3, 4, 5]);
});

test('who leaves as soon as it starts lets the next one in once', () => {
  const window = new SendWindow(1);
  const started: number[] = [];
  const pass = (number: number) => () => {
    started.push(number);
    window.leave();
  };
  for (const number of [1, 2, 3]) window.enter(pass(number));
  expect(started).toEqual([1, 2, 3]);
});
