import { inspect } from 'node:util';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { PostgresCluster } from '../../../test/integration/postgres-cluster.ts';
import { Authority } from '../../../test/integration/uplink-authority.ts';
import { exampleReport } from '../../wire/example-report.ts';
import { exampleStatus } from '../../wire/example-status.ts';
import type { ReceivedReport } from '../received-report.ts';
import { parsePostgresUrl } from './postgres-address.ts';
import { PostgresStore } from './postgres-store.ts';
import { reportStoreContract } from './report-store.contract.ts';

/** `LINTEL_ROUNDS=500` for a long run. */
const ROUNDS = Number(process.env.LINTEL_ROUNDS ?? 12);
const DOORS = 200;
const start = exampleReport().windowStartSeconds;
const databaseOf = (url: string) => parsePostgresUrl(url).database;
const open = (url: string) => PostgresStore.open(parsePostgresUrl(url));

let cluster: PostgresCluster;
beforeAll(async () => {
  cluster = await PostgresCluster.start();
});
afterAll(() => cluster.stop());

reportStoreContract('postgresql', async () => open(await cluster.makeDatabase('socket')));

describe('a PostgreSQL database', () => {
  it('is made once by monitors that come at once, and keeps once what they write at once, in whatever order', async () => {
    const url = await cluster.makeDatabase();
    // As with many doors: rows are found one by one, in the order in which they were given.
    for (const way of ['enable_hashjoin', 'enable_mergejoin', 'enable_seqscan']) {
      await cluster.ask('postgres', `ALTER DATABASE ${databaseOf(url)} SET ${way} = off`);
    }
    const stores = await Promise.all([open(url), open(url), open(url)]);
    for (let round = 0; round < ROUNDS; round++) {
      // New doors, then reports alone: whoever hears of a key in the same second as another has nothing to write of it.
      const crowd = Math.floor(round / 3);
      const seconds = 50 + crowd;
      const reports = Array.from({ length: DOORS }, (_, at) => reportOf(`${crowd}-${at}`, round));
      const added = await Promise.all(
        stores.map(async (store) => {
          const [{ added, contradicting }] = await Promise.all([
            store.addReports(shuffled(reports), seconds),
            store.addStatuses(
              shuffled(reports).map(({ report, ...door }) => ({
                ...door,
                status: exampleStatus(),
                heardSeconds: seconds,
              })),
            ),
            store.alarms.addClaims(
              shuffled(reports).map((door) => ({ ...door, kind: 'budget' as const })),
              round,
            ),
          ]);
          expect(contradicting).toEqual([]);
          return added;
        }),
      );
      expect(added.reduce((sum, one) => sum + one)).toBe(DOORS);
    }
    const doors = await stores[0]!.doors();
    expect(doors.length).toBe(DOORS * Math.ceil(ROUNDS / 3));
    const isHeard = doors.map(
      ({ device, heardSeconds }) => heardSeconds === 50 + Number.parseInt(device, 10),
    );
    expect(isHeard).not.toContain(false);
    const [counted] = await cluster.ask(databaseOf(url), 'SELECT count(*) FROM report');
    expect(counted).toEqual({ count: `${DOORS * ROUNDS}` });
    for (const store of stores) await store.close();
  });

  it('tells of two monitors that bring different reports of one window which one came second', async () => {
    const url = await cluster.makeDatabase();
    const [one, other] = [await open(url), await open(url)];
    const different = reportOf('front', 0, 99);
    const told = await Promise.all([
      one.addReports([reportOf('front', 0)], 1),
      other.addReports([different], 1),
    ]);
    expect(told.map(({ added }) => added).sort()).toEqual([0, 1]);
    expect(told.map(({ contradicting }) => contradicting.length).sort()).toEqual([0, 1]);
    await one.close();
    await other.close();
  });

  it('gives no number to a door or a key that it knows', async () => {
    const url = await cluster.makeDatabase();
    const store = await open(url);
    for (let time = 0; time < 20; time++) await store.addReports([reportOf('front', 0)], time);
    await store.addReports([reportOf('back', 0)], 30);
    const ids = await cluster.ask(databaseOf(url), 'SELECT id FROM signer UNION ALL SELECT id FROM door');
    expect(ids.map(({ id }) => id).sort()).toEqual([1, 1, 2, 2]);
    await store.close();
  });

  it('is left alone when a later release wrote it, and when it says too early that something is kept', async () => {
    const url = await cluster.makeDatabase();
    await (await open(url)).close();
    await cluster.ask(databaseOf(url), 'UPDATE store_version SET version = 99');
    await expect(open(url)).rejects.toMatchObject({ code: 'STORE_VERSION' });
    const careless = await cluster.makeDatabase();
    await cluster.ask('postgres', `ALTER DATABASE ${databaseOf(careless)} SET synchronous_commit = off`);
    await expect(open(careless)).rejects.toMatchObject({ code: 'STORE_UNSAFE' });
  });

  it('that is lost takes nothing, says so, and is found again', async () => {
    const store = await open(await cluster.makeDatabase());
    await store.enrol({ site: 'hall', device: 'front' }, 'key');
    // Every connection there may be is open.
    await Promise.all(Array.from({ length: 6 }, () => store.doors()));
    await cluster.crash();
    await expect(store.addReports([reportOf('front', 0)], 1)).rejects.toMatchObject({ code: 'STORE_FAILED' });
    await expect(store.doors()).rejects.toThrow(
      /^PostgreSQL at 127.0.0.1:\d+: .*ECONNREFUSED.*: start the server/,
    );
    await cluster.restart();
    expect(await store.addReports([reportOf('front', 0)], 1)).toMatchObject({ added: 1 });
    await store.close();
  });

  it('lost in the middle of a batch keeps nothing of it', async () => {
    const url = await cluster.makeDatabase();
    const store = await open(url);
    await store.addReports([reportOf('front', 0)], 1);
    const holder = new Client(parsePostgresUrl(url)).on('error', () => {});
    await holder.connect();
    await holder.query('BEGIN; LOCK TABLE report');
    // Doors and keys are written; the reports wait for the table.
    const adding = store.addReports([reportOf('front', 1), reportOf('back', 1)], 2);
    const refused = expect(adding).rejects.toMatchObject({ code: 'STORE_FAILED' });
    const waiting = () => cluster.ask(databaseOf(url), 'SELECT pid FROM pg_locks WHERE NOT granted');
    let found = await waiting();
    while (found.length === 0) found = await waiting();
    // The connection is cut without a word, and the server sets itself right.
    process.kill(Number(found[0]!.pid), 'SIGKILL');
    await refused;
    while (!(await store.doors().catch(() => undefined)));
    expect((await store.doors()).map(({ device }) => device)).toEqual(['front']);
    expect((await store.doors())[0]!.heardSeconds).toBe(1);
    await store.close();
  });

  it('over a network is spoken to by TLS 1.3 only, with a certificate of the right authority for the right name', async () => {
    const url = await cluster.makeDatabase();
    // Linux takes this for itself; it is no address of this machine alone.
    const unsafe = open(url.replace('127.0.0.1', '0.0.0.0'));
    await expect(unsafe).rejects.toThrow('does not support SSL');
    const authority = await Authority.make();
    const safe = await PostgresCluster.start(await authority.broker());
    onTestFinished(() => safe.stop());
    const database = databaseOf(await safe.makeDatabase());
    const at = (host: string) => parsePostgresUrl(safe.urlOf(database, 'tcp', host));
    const store = await PostgresStore.open(at('localhost'), authority.ca);
    const [used] = await safe.ask(
      database,
      'SELECT version FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE ssl',
    );
    expect(used).toEqual({ version: 'TLSv1.3' });
    await store.close();
    await expect(PostgresStore.open(at('127.0.0.1'), authority.ca)).rejects.toThrow('altname');
    await expect(PostgresStore.open(at('0.0.0.0'))).rejects.toThrow('certificate');
    const stranger = await Authority.make();
    await expect(PostgresStore.open(at('localhost'), stranger.ca)).rejects.toThrow('certificate');
  });

  it('that refuses the password is told of without it', async () => {
    const url = (await cluster.makeDatabase()).replace(/:[^:@]*@/, ':wrong-secret@');
    const error = await open(url).catch((caught) => caught);
    expect(error).toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringContaining('give the right one'),
    });
    expect(inspect(error, { depth: 10, showHidden: false })).not.toContain('wrong-secret');
  });
});

function reportOf(device: string, hour: number, value = 12): ReceivedReport {
  const count = { status: 'published' as const, value };
  const report = exampleReport({ windowStartSeconds: start + hour * 3_600, in: count });
  return { site: 'hall', device, signedBy: `key-of-${device}`, report };
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
