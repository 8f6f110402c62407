import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { exampleEvidence } from '../../src/evidence/example-evidence.ts';
import { exampleSigner } from '../../src/wire/example-signer.ts';
import { fingerprint } from '../../src/wire/fingerprint.ts';
import { lintel } from './lintel-program.ts';

const KEY = fingerprint(exampleSigner().publicKey);

/** A folder with the evidence of a device. */
async function evidence(days: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-verify-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { segments, checkpoint } = await exampleEvidence(days);
  for (const { name, bytes } of [...segments, checkpoint]) await writeFile(join(folder, name), bytes);
  return folder;
}

it('lintel verify says what evidence covers, and whose it is', async () => {
  const folder = await evidence(2);
  const [told, json, file] = await Promise.all([
    lintel('verify', folder, '--key', KEY),
    lintel('verify', folder, '--json'),
    lintel('verify', join(folder, '0000000000.evidence')),
  ]);
  expect(told).toMatchObject({ code: 0, err: '' });
  expect(told.out).toContain('records 0 to 2, from 2026-01-05T12:00:00Z to 2026-01-07T00:00:00Z');
  expect(told.out).toContain('A signed checkpoint covers them all.');
  expect(told.out).toContain(`Key     ${KEY}\n`);
  expect(told.out).toContain('Days    2, covered: 100 % on 2');
  expect(JSON.parse(json.out)).toMatchObject({
    holds: true,
    keyCompared: false,
    key: KEY,
    records: 3,
    signedRecords: 3,
    doors: ['hall/front'],
  });
  expect(file.out).toContain('NOT SIGNED: the last 3');
  expect(file.out).toContain('compared with none');
});

it('lintel verify says nothing of persons where no day has been attested', async () => {
  const { code, out } = await lintel('verify', await evidence(0));
  expect(code).toBe(0);
  expect(out).toContain('Days    0\n');
});

it('lintel verify says what is broken and where, and exits with 1', async () => {
  const folder = await evidence(2);
  const name = '0000000000.evidence';
  const longer = join(await evidence(5), 'checkpoint');
  const missing = await lintel('verify', folder, '--checkpoint', longer);
  expect(missing).toEqual({
    code: 1,
    out: '',
    err: 'lintel: the checkpoint that was kept: it is over 6 records, and those from 3 on are gone\n',
  });
  const { segments } = await exampleEvidence(2);
  const lie = Buffer.from(segments[0]!.bytes).toString().replace('"coverage":100', '"coverage":75');
  await writeFile(join(folder, name), lie);
  const [told, json] = await Promise.all([lintel('verify', folder), lintel('verify', folder, '--json')]);
  const message = `${name}: record 2 does not follow from the one before it: one of the two was changed`;
  expect(told).toEqual({ code: 1, out: '', err: `lintel: ${message}\n` });
  expect(json.code).toBe(1);
  expect(JSON.parse(json.out)).toEqual({ holds: false, fault: 'damaged', record: 2, message });
});

it('lintel verify says what to do where there is nothing to verify', async () => {
  const folder = await evidence(1);
  const [none, empty, key] = await Promise.all([
    lintel('verify', join(folder, 'gone')),
    lintel('verify', await mkdtemp(join(folder, 'empty-'))),
    lintel('verify', folder, '--key', '12'),
  ]);
  expect(none).toMatchObject({
    code: 1,
    err: `lintel: there is no gone in ${folder}: see that the name is right\n`,
  });
  expect(empty).toMatchObject({ code: 1, err: expect.stringContaining('there is no evidence in') });
  expect(key).toMatchObject({ code: 2, err: expect.stringContaining('Give a fingerprint') });
});
