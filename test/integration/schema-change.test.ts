import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

const PROTO = fileURLToPath(new URL('../../proto', import.meta.url));
const BUF = fileURLToPath(new URL('../../node_modules/.bin/buf', import.meta.url));

/** @returns what buf says against the schema with `from` replaced by `to`; nothing when it may be released */
async function complaints(from: string, to: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-proto-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(PROTO, folder, { recursive: true });
  const file = join(folder, 'lintel/v1/report.proto');
  const schema = await readFile(file, 'utf8');
  expect(schema).toContain(from);
  await writeFile(file, schema.replace(from, to));
  const args = ['breaking', folder, '--against', join(folder, 'released.binpb')];
  return await promisify(execFile)(BUF, args).then(
    () => '',
    ({ stdout }) => stdout,
  );
}

test('the schema as it is can follow the released one', async () => {
  expect(await complaints('syntax', 'syntax')).toBe('');
});

test.each([
  ['optional fixed32 coverage_percent = 7;', '', 'Previously present field "7"'],
  ['coverage_percent = 7', 'coverage_percent = 12', 'Previously present field "7"'],
  ['fixed32 coverage_percent', 'uint32 coverage_percent', 'changed type from "fixed32" to "uint32"'],
  ['LEVEL_DAY = 2', 'LEVEL_DAY = 3', 'Previously present enum value "2"'],
])('a change that a receiver would misread is refused: %s -> %s', async (from, to, complaint) => {
  expect(await complaints(from, to)).toContain(complaint);
});
