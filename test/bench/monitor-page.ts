/**
 * How long the monitor's pages take, from the address to the rows on the screen, over a store of many cameras and a long time.
 *
 *   node test/bench/monitor-page.ts [cameras] [days] [file]
 *
 * A file that exists is used as it is. The reports are written in the order in which they would have arrived.
 */
import { existsSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SqliteStore } from '../../src/monitor/store/sqlite-store.ts';
import { MonitorWeb } from '../../src/monitor/web/monitor-web.ts';
import { SimulatedClock } from '../../src/time/simulated-clock.ts';
import { openChromium } from '../browser/chromium.ts';

const [cameras = 10_000, days = 365] = process.argv.slice(2, 4).map(Number);
const file = process.argv[4] ?? join(mkdtempSync(join(tmpdir(), 'lintel-bench-')), 'reports.sqlite');
const END = Date.UTC(2026, 0, 7, 15) / 1_000;
const SITE_DOORS = 10;
const ROUNDS = 5;

if (!existsSync(file)) await fill();
console.log(`${cameras} cameras, ${days} days of hours: ${(statSync(file).size / 2 ** 30).toFixed(1)} GiB`);
const store = SqliteStore.open(file);
const browser = await openChromium();
const inspector = await browser.newBrowserCDPSession();
const views = [
  ['all cameras', '/', 'table.cameras tbody tr'],
  ['a door by hours', '/counts?site=site-7&device=door-3', 'table.counts'],
  ['a door by weeks', '/counts?site=site-7&device=door-3&by=week', 'table.counts'],
  ['a site by hours', '/counts?site=site-7', 'table.counts'],
] as const;
for (const [name, path, sign] of views) {
  const times = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await firstView(path, sign));
  const shown = times.map(({ tookMs }) => Math.round(tookMs));
  const cpu = times.map(({ cpuMs }) => Math.round(cpuMs));
  const browsing = times.map(({ browserMs }) => Math.round(browserMs));
  console.log(`${name}: shown after ${shown.join(', ')} ms by the clock`);
  console.log(`  CPU of the monitor ${cpu.join(', ')} ms, of the browser ${browsing.join(', ')} ms`);
}
await browser.close();
await store.close();

/** A monitor that was just started, and a browser that never was there. */
async function firstView(
  path: string,
  sign: string,
): Promise<{ tookMs: number; cpuMs: number; browserMs: number }> {
  const web = await MonitorWeb.start({
    store,
    clock: new SimulatedClock(END * 1_000),
    listen: { host: '127.0.0.1', port: 0 },
    access: { by: 'loopback' },
    expected: {},
    timeZone: 'UTC',
    changes: { onChange: () => () => {} },
    trouble: (message) => console.error(message),
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(noteSign, sign);
  const beforeMs = await browserCpuMs();
  const before = process.cpuUsage();
  await page.goto(web.url + path);
  const shown = await page.waitForSelector('html[data-shown]', { state: 'attached' });
  const tookMs = Number(await shown.getAttribute('data-shown'));
  const { user, system } = process.cpuUsage(before);
  const browserMs = (await browserCpuMs()) - beforeMs;
  await context.close();
  await web.close();
  return { tookMs, cpuMs: (user + system) / 1_000, browserMs };
}

/** Of all its processes. */
async function browserCpuMs(): Promise<number> {
  const { processInfo } = await inspector.send('SystemInfo.getProcessInfo');
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime * 1_000, 0);
}

/** Runs in the page: when what `sign` names is there for the first time, and the browser has drawn it. */
function noteSign(sign: string): void {
  const { document, requestAnimationFrame } = globalThis as unknown as Drawn;
  const look = () => {
    if (document.querySelector(sign) === null) requestAnimationFrame(look);
    else requestAnimationFrame(() => (document.documentElement.dataset.shown = String(performance.now())));
  };
  look();
}

/** As much of a page as is needed here. */
interface Drawn {
  readonly document: {
    readonly documentElement: { readonly dataset: Record<string, string> };
    querySelector(selector: string): unknown;
  };
  requestAnimationFrame(callback: () => void): void;
}

async function fill(): Promise<void> {
  await SqliteStore.open(file).close();
  const database = new DatabaseSync(file);
  database.exec('PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; PRAGMA cache_size = -1500000; BEGIN');
  database.exec(`
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${cameras})
    INSERT INTO door (id, site, device, enrolled_key)
    SELECT i + 1, 'site-' || (i / ${SITE_DOORS}), 'door-' || (i % ${SITE_DOORS}), 'key-' || i FROM n`);
  database.exec(`INSERT INTO signer SELECT id, id, enrolled_key, ${END} FROM door`);
  database.exec(`
    INSERT INTO status SELECT id, id, 'running', 'wired', ${END}, '0.1.0', 'aa', 'bb', ${END} FROM door`);
  const insert = database.prepare(`
    INSERT INTO report (signer, level, start, seconds, in_status, in_value, out_status, out_value, coverage, noise,
      suppress_below, budget_numerator, budget_denominator)
    SELECT id, ?, ?, ?, (id * 7 + ?2 / 3600) % 5 = 0, 10 + (id * 7 + ?2 / 3600) % 40, 0, 20, 100, 2000, 10, 1, 2
    FROM signer ORDER BY id`);
  const began = performance.now();
  for (let start = END - days * 86_400; start < END; start += 3_600) {
    insert.run(0, start, 3_600);
    if ((start / 3_600) % 24 === 0) insert.run(1, start, 86_400);
  }
  database.exec('COMMIT; PRAGMA journal_mode = WAL');
  database.close();
  console.log(`filled in ${Math.round((performance.now() - began) / 1_000)} s`);
}
