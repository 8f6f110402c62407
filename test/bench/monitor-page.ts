/**
 * How long the monitor's pages take, from the address to what is looked for being on the screen, over a store of many cameras and a
 * long time.
 *
 *   node test/bench/monitor-page.ts [cameras] [days]
 *
 * A first view is what somebody sees who never was there, of a monitor that was just started: as many rows as the screen holds, with
 * their states and counts, and the total of all cameras; drawn, and not only in the document. Whatever comes later is said as well.
 * An empty page is looked at in the same rounds, since a machine has other things to do, too: the share that is ours is what a page
 * takes more than that.
 *
 * The store's file is made once, and stays in `build/bench`.
 */
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { SqliteStore } from '../../src/monitor/store/sqlite-store.ts';
import { MonitorWeb } from '../../src/monitor/web/monitor-web.ts';
import { SimulatedClock } from '../../src/time/simulated-clock.ts';
import { openChromium } from '../browser/chromium.ts';
import { fillYears } from './monitor/years.ts';

const [cameras = 10_000, days = 365] = process.argv.slice(2, 4).map(Number);
const folder = join(import.meta.dirname, '../../build/bench');
const file = join(folder, `monitor-${cameras}-${days}.sqlite`);
const END = Date.UTC(2026, 0, 7, 15) / 1_000;
const ROUNDS = 9;
const COUNTS = 'table.counts tbody tr';
const VIEWS = [
  { name: 'an empty page', path: undefined, row: 'p', total: 'p' },
  { name: 'all cameras', path: '/', row: 'table.cameras tbody tr', total: '#totals strong' },
  { name: 'a door by hours', path: '/counts?site=site-7&device=door-3', row: COUNTS, total: '.sum' },
  { name: 'a door by weeks', path: '/counts?site=site-7&device=door-3&by=week', row: COUNTS, total: '.sum' },
  { name: 'a site by hours', path: '/counts?site=site-7', row: COUNTS, total: '.sum' },
] as const;
type View = (typeof VIEWS)[number];

if (!existsSync(file)) await fill();
console.log(`${cameras} cameras, ${days} days of hours: ${(statSync(file).size / 2 ** 30).toFixed(1)} GiB`);
const store = SqliteStore.open(file);
const browser = await openChromium();
const inspector = await browser.newBrowserCDPSession();
const taken = new Map<View, Taken[]>(VIEWS.map((view) => [view, []]));
for (let round = 0; round < ROUNDS; round++)
  for (const view of VIEWS) taken.get(view)!.push(await firstView(view));
for (const [{ name }, rounds] of taken) {
  const of = (what: keyof Taken) => spread(rounds.map((round) => round[what]));
  console.log(`${name}: shown after ${of('shownMs')} ms by the clock, all of it after ${of('wholeMs')} ms`);
  console.log(`  CPU of the monitor ${of('monitorMs')} ms, of the browser ${of('browserMs')} ms`);
}
console.log(`load ${loadavg()[0]!.toFixed(1)}; median (least to most) of ${ROUNDS}`);
await browser.close();
await store.close();

interface Taken {
  readonly shownMs: number;
  /** The last row that came by itself. */
  readonly wholeMs: number;
  readonly monitorMs: number;
  /** Of all its processes. */
  readonly browserMs: number;
}

async function firstView({ path, row, total }: View): Promise<Taken> {
  const server = path === undefined ? await emptyServer() : await monitor();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(noteShown, { row, total, isLong: path === '/' });
  const browserBefore = await browserCpuMs();
  const before = process.cpuUsage();
  await page.goto(server.url + (path ?? '/'));
  const shown = await page.waitForSelector('html[data-whole]', { state: 'attached' });
  const shownMs = Number(await shown.getAttribute('data-shown'));
  const wholeMs = Number(await shown.getAttribute('data-whole'));
  const { user, system } = process.cpuUsage(before);
  const browserMs = (await browserCpuMs()) - browserBefore;
  await context.close();
  await server.close();
  return { shownMs, wholeMs, monitorMs: (user + system) / 1_000, browserMs };
}

function monitor(): Promise<MonitorWeb> {
  return MonitorWeb.start({
    store,
    clock: new SimulatedClock(END * 1_000),
    listen: { host: '127.0.0.1', port: 0 },
    access: { by: 'loopback' },
    expected: {},
    timeZone: 'UTC',
    changes: { onChange: () => () => {} },
    trouble: (message) => console.error(message),
  });
}

async function emptyServer(): Promise<{ url: string; close(): Promise<void> }> {
  const html = '<!doctype html><html lang="en"><title>Empty</title><p>Empty</p></html>';
  const server = createServer(
    (_, response) => void response.setHeader('content-type', 'text/html').end(html),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

async function browserCpuMs(): Promise<number> {
  const { processInfo } = await inspector.send('SystemInfo.getProcessInfo');
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime * 1_000, 0);
}

/** Runs in the page: when all that is looked for is there for the first time and drawn, and when no more rows have come. */
function noteShown({ row, total, isLong }: { row: string; total: string; isLong: boolean }): void {
  const { document, requestAnimationFrame, performance } = globalThis as unknown as Drawn;
  const SETTLED_MS = 250;
  const marks = () => document.documentElement.dataset;
  const rows = () => document.querySelectorAll(row);
  let known = 0;
  let since = 0;
  const settle = () => {
    const now = performance.now();
    if (rows().length !== known) [known, since] = [rows().length, now];
    if (now - since > SETTLED_MS) marks().whole = String(since);
    else requestAnimationFrame(settle);
  };
  const isThere = () => {
    const last = [...rows()].at(-1);
    if (!last || document.querySelector(total) === null) return false;
    return !isLong || last.getBoundingClientRect().bottom >= (globalThis as unknown as Drawn).innerHeight;
  };
  const look = () => {
    if (!isThere()) return requestAnimationFrame(look);
    known = rows().length;
    requestAnimationFrame(() => {
      since = performance.now();
      marks().shown = String(since);
      settle();
    });
  };
  look();
}

/** As much of a page as is needed here. */
interface Drawn {
  readonly document: {
    readonly documentElement: { readonly dataset: Record<string, string> };
    querySelector(selector: string): unknown;
    querySelectorAll(
      selector: string,
    ): Iterable<{ getBoundingClientRect(): { bottom: number } }> & { readonly length: number };
  };
  readonly innerHeight: number;
  readonly performance: { now(): number };
  requestAnimationFrame(callback: () => void): void;
}

function spread(values: readonly number[]): string {
  const sorted = values.map(Math.round).sort((a, b) => a - b);
  return `${sorted[sorted.length >> 1]} (${sorted[0]} to ${sorted.at(-1)})`;
}

async function fill(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const draft = `${file}.draft`;
  rmSync(draft, { force: true });
  const began = performance.now();
  await fillYears(draft, { cameras, days, end: END });
  renameSync(draft, file);
  console.log(`filled in ${Math.round((performance.now() - began) / 1_000)} s`);
}
