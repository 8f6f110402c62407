import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { exampleReport } from '../../wire/example-report.ts';
import { reportStoreContract } from './report-store.contract.ts';
import { SqliteStore } from './sqlite-store.ts';

const newFile = () => join(mkdtempSync(join(tmpdir(), 'lintel-store-')), 'reports.sqlite');

reportStoreContract('sqlite', async () => SqliteStore.open(newFile()));

it('finds in a file what was kept there before', async () => {
  const file = newFile();
  const door = { site: 'hall', device: 'front' };
  const first = SqliteStore.open(file);
  await first.enrol(door, 'key');
  await first.addReports([{ ...door, signedBy: 'key', report: exampleReport() }], 1);
  await first.close();
  const second = SqliteStore.open(file);
  const query = { level: 'window', fromSeconds: 0, toSeconds: 2 ** 32 } as const;
  expect(await second.reportsOf(door, query)).toEqual([exampleReport()]);
  await second.close();
});

it('leaves a file alone that a later release wrote', async () => {
  const file = newFile();
  const database = new DatabaseSync(file);
  database.exec('PRAGMA user_version = 99');
  database.close();
  expect(() => SqliteStore.open(file)).toThrow(expect.objectContaining({ code: 'STORE_FILE' }));
});

it('says so when a file is no store', () => {
  expect(() => SqliteStore.open('/dev/null/reports.sqlite')).toThrow(
    expect.objectContaining({ code: 'STORE_FILE' }),
  );
});

it('knows nothing of doors and keys that it could not write', async () => {
  const file = newFile();
  const door = { site: 'hall', device: 'front' };
  const store = SqliteStore.open(file);
  const other = new DatabaseSync(file);
  other.exec(`CREATE TRIGGER full BEFORE INSERT ON report BEGIN SELECT RAISE(ABORT, 'disk full'); END`);
  const received = { ...door, signedBy: 'key', report: exampleReport() };
  await expect(store.addReports([received], 1)).rejects.toThrow('disk full');
  expect(await store.doors()).toEqual([]);
  other.exec('DROP TRIGGER full');
  other.close();
  expect((await store.addReports([received], 1)).added).toBe(1);
  await store.enrol(door, 'key');
  expect((await store.doors())[0]!.heardSeconds).toBe(1);
  await store.close();
});
