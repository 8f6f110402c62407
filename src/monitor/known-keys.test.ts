import { expect, test } from 'vitest';
import { KnownKeys } from './known-keys.ts';

const front = { site: 'hall', device: 'front' };
const back = { site: 'hall', device: 'back' };

test("a door's key is that of its first status, and no other door's", () => {
  const keys = new KnownKeys();
  expect(keys.trust(front, 'a')).toBe('unknown-key');
  expect(keys.learn(front, 'a')).toBe('verified');
  expect([keys.trust(front, 'a'), keys.trust(front, 'b'), keys.trust(back, 'a')]).toEqual([
    'verified',
    'other-key',
    'unknown-key',
  ]);
  expect(keys.learn(front, 'b')).toBe('other-key');
  expect(keys.trust(front, 'b')).toBe('other-key');
});

test('where keys are named, a status names none', () => {
  const keys = new KnownKeys(['a', 'b']);
  expect([keys.trust(front, 'a'), keys.trust(back, 'b'), keys.trust(front, 'c')]).toEqual([
    'verified',
    'verified',
    'other-key',
  ]);
  expect(keys.learn(front, 'c')).toBe('other-key');
  expect(keys.trust(front, 'c')).toBe('other-key');
});

test('when so many doors are known as can be, they stay, and a further one stays unknown', () => {
  const keys = new KnownKeys([], 1);
  keys.learn(front, 'a');
  expect(keys.learn(back, 'b')).toBe('unknown-key');
  expect(keys.trust(back, 'b')).toBe('unknown-key');
  expect([keys.learn(front, 'a'), keys.learn(front, 'b')]).toEqual(['verified', 'other-key']);
});
