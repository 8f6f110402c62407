import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RECONNECT_TIMES, reconnectDelayMs } from './reconnect-delay.ts';

test('each failure doubles the wait, up to the longest', () => {
  const times = { firstMs: 1000, longestMs: 5000 };
  expect([1, 2, 3, 4, 5].map((failures) => reconnectDelayMs(failures, 1, times))).toEqual([
    1000, 2000, 4000, 5000, 5000,
  ]);
  expect([1, 2, 3, 4, 5].map((failures) => reconnectDelayMs(failures, 0, times))).toEqual([
    500, 1000, 2000, 2500, 2500,
  ]);
});

test('however long it goes on, the wait stays within its bounds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
      const delayMs = reconnectDelayMs(failures, random, RECONNECT_TIMES);
      expect(delayMs).toBeGreaterThanOrEqual(500);
      expect(delayMs).toBeLessThanOrEqual(300_000);
    }),
  );
});
