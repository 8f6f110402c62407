import { expect, test } from 'vitest';
import { LintelError } from './lintel-error.ts';

test('a message is one line that acts on no terminal, whatever is quoted in it', () => {
  const quoted = 'W\u001b[2J\r\nis \u0007\u009b31m\u202ethgir\u2028\u2066';
  expect(new LintelError('TEST', quoted).message).toBe(
    'W\\u{1b}[2J  is \\u{7}\\u{9b}31m\\u{202e}thgir \\u{2066}',
  );
});

test('a message in any language stays as it is', () => {
  expect(new LintelError('TEST', '‘façade’ – 東門 😀').message).toBe('‘façade’ – 東門 😀');
});
