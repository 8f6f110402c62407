import { expect, it } from 'vitest';
import { SimulatedClock } from '../time/simulated-clock.ts';
import { exampleReport } from '../wire/example-report.ts';
import { Retention } from './retention.ts';
import { SqliteStore } from './store/sqlite-store.ts';

const door = { site: 'hall', device: 'front' };
const key = '1111-1111';
const all = { level: 'window', fromSeconds: 0, toSeconds: 2 ** 32 } as const;
const HOUR = 3_600;
const KEEP_HOURS = 31 * 24;

/** A store with reports of so many hours, the last of which has just ended, and who deletes in it. */
async function begin(hours: number) {
  const clock = new SimulatedClock();
  const nowSeconds = clock.wallMs() / 1_000;
  const store = SqliteStore.open(':memory:');
  await store.enrol(door, key);
  const reports = Array.from({ length: hours }, (_, at) => ({
    ...door,
    signedBy: key,
    report: exampleReport({ windowStartSeconds: nowSeconds - (at + 1) * HOUR }),
  }));
  await store.addReports(reports, nowSeconds);
  const said: string[] = [];
  const say = (details: object) => said.push(JSON.stringify(details));
  const log = { info: say, warn: say };
  const retention = new Retention({ store, clock, log, keepSeconds: KEEP_HOURS * HOUR });
  const ending = new AbortController();
  const running = retention.run(ending.signal);
  const end = async () => {
    ending.abort();
    await running;
  };
  const kept = async () => (await store.reportsOf(door, all)).length;
  return { clock, store, said, end, kept };
}

it('deletes what was kept long enough, and so again every hour', async () => {
  const { clock, store, said, end, kept } = await begin(KEEP_HOURS + 1_200);
  await clock.advance(1_000);
  // A window that began just so long before the last one stays.
  expect(await kept()).toBe(KEEP_HOURS + 1);
  expect(said).toEqual(['{"deleted":1199}']);
  const report = exampleReport({ windowStartSeconds: clock.wallMs() / 1_000 - 1 });
  await store.addReports([{ ...door, signedBy: key, report }], 0);
  await clock.advance(HOUR * 1_000);
  expect(await kept()).toBe(KEEP_HOURS + 1);
  await end();
});

it('goes by the latest count when the clock of the monitor runs ahead', async () => {
  const { clock, end, kept } = await begin(KEEP_HOURS);
  clock.stepWall(10 * 365 * 24 * HOUR * 1_000);
  await clock.advance(HOUR * 1_000);
  expect(await kept()).toBe(KEEP_HOURS);
  await end();
});

it('says what went wrong, and tries again', async () => {
  const { clock, store, said, end, kept } = await begin(KEEP_HOURS + 10);
  const prune = store.prune.bind(store);
  store.prune = async () => {
    throw new Error('disk full');
  };
  await clock.advance(1_000);
  expect(said).toEqual(['{"reason":"disk full"}']);
  store.prune = prune;
  await clock.advance(HOUR * 1_000);
  expect(await kept()).toBe(KEEP_HOURS + 1);
  await end();
});
