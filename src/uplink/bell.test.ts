import { expect, test } from 'vitest';
import { Bell } from './bell.ts';

test('who sleeps is woken by a ring', async () => {
  const bell = new Bell();
  const heard = bell.heard();
  bell.ring();
  await heard;
});

test('a ring before the sleep is not lost, and several rings are one', async () => {
  const bell = new Bell();
  bell.ring();
  bell.ring();
  await bell.heard();
  let heardAgain = false;
  const second = bell.heard().then(() => {
    heardAgain = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(heardAgain).toBe(false);
  bell.ring();
  await second;
});
