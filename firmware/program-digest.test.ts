import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { programDigest } from './program-digest.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const hex = (root?: string) => Buffer.from(programDigest(root)).toString('hex');

test('a copy of the program has the same digest, and one in which a source was changed or added has another', async () => {
  const copy = await mkdtemp(join(tmpdir(), 'lintel-digest-'));
  onTestFinished(() => rm(copy, { recursive: true }));
  for (const part of ['firmware', 'src', 'models/catalogue.json']) {
    await cp(join(ROOT, part), join(copy, part), { recursive: true });
  }
  const whole = hex();
  expect(hex(copy)).toBe(whole);
  await writeFile(join(copy, 'src/frame/more.test.ts'), 'a test is not run');
  expect(hex(copy)).toBe(whole);
  await writeFile(join(copy, 'src/frame/more.ts'), 'added');
  const added = hex(copy);
  await writeFile(join(copy, 'src/frame/more.ts'), 'changed');
  await rm(join(copy, 'src/frame/more.test.ts'));
  expect(new Set([whole, added, hex(copy)]).size).toBe(3);
});
