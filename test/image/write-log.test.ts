import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { SeededRandom } from '../scene/seeded-random.ts';
import { SECTOR_BYTES, WriteLog } from './write-log.ts';

const FLUSH = 1;
const DISCARD = 4;

it('a power cut keeps what was flushed, and of each later request its first sectors or none or all', async () => {
  const { log, file } = await logOf([
    { sector: 0, letters: 'aaa' },
    { flags: FLUSH },
    { sector: 1, letters: 'bb' },
    { sector: 0, flags: DISCARD, sectors: 3 },
    { sector: 3, letters: 'ccc' },
  ]);
  expect(await WriteLog.lengthOf(file)).toBe(5);
  const left = await Promise.all(Array.from({ length: 200 }, (_, seed) => leftBy(log, 5, seed)));
  expect(new Set(left)).toEqual(
    new Set(
      ['aaa', 'aba', 'abb'].flatMap((first) => ['...', 'c..', 'cc.', 'ccc'].map((last) => first + last)),
    ),
  );
});

it('what comes after the cut is not there, and what came before a flush always is', async () => {
  const { log } = await logOf([{ sector: 0, letters: 'ab' }, { flags: FLUSH }, { sector: 0, letters: 'xx' }]);
  for (let seed = 0; seed < 50; seed++) expect(await leftBy(log, 2, seed)).toBe('ab....');
});

it('tells which requests wrote to a place, and whether one was kept before another came', async () => {
  const { log } = await logOf([
    { sector: 2, letters: 'aa' },
    { sector: 4, letters: 'b' },
    { flags: FLUSH },
    { sector: 3, letters: 'c' },
  ]);
  expect(log.writesTo(3, 1)).toEqual([0, 3]);
  expect(log.isFlushedBetween(0, 2)).toBe(false);
  expect(log.isFlushedBetween(0, 3)).toBe(true);
});

it('refuses what is no log', async () => {
  const folder = await newFolder();
  await writeFile(join(folder, 'log'), 'nothing');
  await expect(WriteLog.read(join(folder, 'log'))).rejects.toMatchObject({ code: 'NO_WRITE_LOG' });
});

interface Asked {
  readonly sector?: number;
  readonly sectors?: number;
  readonly flags?: number;
  /** One for each sector. */
  readonly letters?: string;
}

async function logOf(requests: readonly Asked[]): Promise<{ log: WriteLog; file: string }> {
  const file = join(await newFolder(), 'log');
  const head = sector(0x6a736677736872n, 1n, BigInt(requests.length), BigInt(SECTOR_BYTES));
  const entries = requests.map(({ sector: at = 0, flags = 0, letters = '', sectors = letters.length }) =>
    Buffer.concat([sector(BigInt(at), BigInt(sectors), BigInt(flags), 0n), disk(letters)]),
  );
  await writeFile(file, Buffer.concat([head, ...entries]));
  return { log: await WriteLog.read(file), file };
}

/** Six sectors, by their letters, of which each was a dot. */
async function leftBy(log: WriteLog, requests: number, seed: number): Promise<string> {
  const card = join(await newFolder(), 'card');
  await writeFile(card, disk('......'));
  await log.leaveOn(card, requests, new SeededRandom(seed));
  const text = await readFile(card, 'latin1');
  return [...text].filter((_, at) => at % SECTOR_BYTES === 0).join('');
}

function disk(letters: string): Buffer {
  return Buffer.concat([...letters].map((letter) => Buffer.alloc(SECTOR_BYTES, letter)));
}

function sector(...fields: bigint[]): Buffer {
  const bytes = Buffer.alloc(SECTOR_BYTES);
  for (const [at, field] of fields.entries()) bytes.writeBigUInt64LE(field, 8 * at);
  return bytes;
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-log-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}
