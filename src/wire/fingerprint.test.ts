import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { exampleSigner } from './example-signer.ts';
import { fingerprint, parseFingerprint } from './fingerprint.ts';

const { publicKey } = exampleSigner();

test("a key's fingerprint is the beginning of its SHA-256, in groups", () => {
  const shown = fingerprint(publicKey);
  expect(shown).toMatch(/^([0-9a-f]{4}-){7}[0-9a-f]{4}$/);
  expect(createHash('sha256').update(publicKey).digest('hex')).toContain(shown.replaceAll('-', ''));
});

test('a fingerprint is taken however a person writes it', () => {
  const shown = fingerprint(publicKey);
  for (const text of [shown, shown.toUpperCase(), shown.replaceAll('-', ''), shown.replaceAll('-', ' ')]) {
    expect(parseFingerprint(text)).toBe(shown);
  }
});

test.each(['', '1234', 'g'.repeat(32), 'a'.repeat(33), 'a'.repeat(64)])("'%s' is no fingerprint", (text) => {
  expect(parseFingerprint(text)).toBeUndefined();
});
