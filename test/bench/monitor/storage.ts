import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReceivedReport } from '../../../src/monitor/received-report.ts';
import { parsePostgresUrl } from '../../../src/monitor/store/postgres-address.ts';
import { PostgresStore } from '../../../src/monitor/store/postgres-store.ts';
import type { ReportStore } from '../../../src/monitor/store/report-store.ts';
import { SqliteStore } from '../../../src/monitor/store/sqlite-store.ts';
import { exampleReport } from '../../../src/wire/example-report.ts';
import { exampleStatus } from '../../../src/wire/example-status.ts';
import { PostgresCluster } from '../../integration/postgres-cluster.ts';

const CAMERAS = 200;
const BATCH = 1_000;
const HOUR = 3_600;
const DOORS = [1_000, 5_000, 20_000];
const START = Date.UTC(2026, 0, 1) / 1_000;

/** What a report takes in each store, its index included, and how fast each takes them in batches. */
export async function benchStorage(hours: number): Promise<void> {
  console.log(`${CAMERAS} cameras, ${hours} hours; each commit of ${BATCH} is on the disk.\n`);
  console.log(line('store', 'reports', 'bytes each', 'reports a second'));
  const folder = mkdtempSync(join(tmpdir(), 'lintel-bench-'));
  const file = join(folder, 'reports.sqlite');
  console.log(
    line('SQLite', ...(await fill(SqliteStore.open(file), hours, async () => statSync(file).size))),
  );
  rmSync(folder, { recursive: true });
  const cluster = await PostgresCluster.start({ isDurable: true });
  try {
    const address = parsePostgresUrl(await cluster.makeDatabase('socket'));
    const size = async () => {
      const [found] = await cluster.ask(address.database, `SELECT pg_total_relation_size('report') AS size`);
      return Number(found!.size);
    };
    console.log(line('PostgreSQL', ...(await fill(await PostgresStore.open(address), hours, size))));
    console.log(
      `\nAll doors with their newest windows, as the page and the alarms read them from PostgreSQL:`,
    );
    console.log(line('doors', 'ms', 'CPU ms here'));
    for (const doors of DOORS) {
      const store = await PostgresStore.open(parsePostgresUrl(await cluster.makeDatabase('socket')));
      console.log(line(`${doors}`, ...(await look(store, doors))));
      await store.close();
    }
  } finally {
    await cluster.stop();
  }
}

/** The second time, as most times are. */
async function look(store: ReportStore, doors: number): Promise<string[]> {
  for (let at = 0; at < doors; at += BATCH) {
    const some = Array.from({ length: BATCH }, (_, place) => {
      const number = at + place;
      return { site: `site-${Math.floor(number / 20)}`, device: `door-${number}`, signedBy: `key-${number}` };
    });
    for (const hour of [0, 1]) {
      const report = exampleReport({ windowStartSeconds: START + hour * HOUR });
      await store.addReports(
        some.map((door) => ({ ...door, report })),
        START,
      );
    }
    await store.addStatuses(some.map((door) => ({ ...door, status: exampleStatus(), heardSeconds: START })));
    for (const door of some) await store.enrol(door, door.signedBy);
  }
  const read = async () => [await store.doors(), await store.latestReports(START + HOUR)];
  await read();
  const [began, before] = [performance.now(), process.cpuUsage()];
  await read();
  const { user, system } = process.cpuUsage(before);
  return [(performance.now() - began).toFixed(0), ((user + system) / 1_000).toFixed(0)];
}

async function fill(store: ReportStore, hours: number, size: () => Promise<number>): Promise<string[]> {
  const began = performance.now();
  let batch: ReceivedReport[] = [];
  for (let hour = 0; hour < hours; hour++) {
    for (let camera = 0; camera < CAMERAS; camera++) {
      const report = exampleReport({ windowStartSeconds: START + hour * HOUR });
      batch.push({
        site: `site-${camera % 20}`,
        device: `door-${camera}`,
        signedBy: `key-${camera}`,
        report,
      });
      if (batch.length < BATCH) continue;
      await store.addReports(batch, START + hour * HOUR);
      batch = [];
    }
  }
  if (batch.length > 0) await store.addReports(batch, START);
  const seconds = (performance.now() - began) / 1_000;
  const reports = CAMERAS * hours;
  await store.close();
  return [`${reports}`, ((await size()) / reports).toFixed(0), (reports / seconds).toFixed(0)];
}

function line(...cells: string[]): string {
  return cells.map((cell) => cell.padStart(18)).join('');
}
