import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { loadavg, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { fleetKeys } from '../../../firmware/fleet/fleet.ts';
import { SqliteStore } from '../../../src/monitor/store/sqlite-store.ts';

const LINTEL = fileURLToPath(new URL('../../../firmware/lintel.ts', import.meta.url));
const MINUTES = Number(process.env.LINTEL_BENCH_MINUTES ?? 2);
/** Of /proc/PID/stat on Linux, which `getconf CLK_TCK` says too. */
const TICKS_A_SECOND = 100;

/** So many cameras, each connected to one Mosquitto and reporting every minute: what the monitor takes of a core. */
export async function benchConnected(sizes: readonly number[]): Promise<void> {
  console.log(`Reports every minute for ${MINUTES} minutes, load ${loadavg()[0]!.toFixed(1)}.\n`);
  console.log(line('cameras', 'reports', 'kept', 'of one core', 'broker', 'burst over in'));
  for (const cameras of sizes) console.log(line(...(await measure(cameras))));
}

async function measure(cameras: number): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-bench-'));
  const port = await freePort();
  const conf = `listener ${port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\nuser ${userInfo().username}\n`;
  await writeFile(join(folder, 'mosquitto.conf'), conf);
  const url = `mqtt://127.0.0.1:${port}`;
  const settings = join(folder, 'monitor.toml');
  await writeFile(settings, `[broker]\nurl = "${url}"\n[store]\nfile = "reports.sqlite"\n`);
  const store = SqliteStore.open(join(folder, 'reports.sqlite'));
  for (const { door, key } of fleetKeys(cameras, 1)) {
    const [site = '', device = ''] = door.split('/');
    await store.enrol({ site, device }, key);
  }
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };
  const broker = spawn('mosquitto', ['-c', join(folder, 'mosquitto.conf')], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const monitor = spawn(process.execPath, [LINTEL, 'monitor', '--json', '--settings', settings], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await said(broker.stderr, /running/);
    await said(monitor.stdout, /"connected"/);
    const fleet = spawn(
      process.execPath,
      [
        LINTEL,
        'fleet',
        '--broker',
        url,
        '--cameras',
        `${cameras}`,
        '--every',
        '60s',
        '--windows',
        `${MINUTES}`,
        '--json',
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const summary = said(fleet.stdout, /reports/);
    await said(fleet.stderr, /connected/);
    const before = [
      await seconds(monitor.pid!),
      await seconds(broker.pid!),
      performance.now() / 1_000,
    ] as const;
    const { reports, slowestWindowMs } = JSON.parse(await summary);
    const kept = async () =>
      (await store.reports({ level: 'window', fromSeconds: 0, toSeconds: 2 ** 32 })).length;
    let found = await kept();
    for (let waited = 0; found < reports && waited < 600; waited++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      found = await kept();
    }
    const span = performance.now() / 1_000 - before[2];
    const share = async (pid: number, from: number) =>
      `${((100 * ((await seconds(pid)) - from)) / span).toFixed(1)} %`;
    return [
      `${cameras}`,
      `${reports}`,
      `${found}`,
      await share(monitor.pid!, before[0]),
      await share(broker.pid!, before[1]),
      `${(slowestWindowMs / 1_000).toFixed(1)} s`,
    ];
  } finally {
    for (const child of [monitor, broker]) {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    }
    await store.close();
    await rm(folder, { recursive: true });
  }
}

/** Processor time of a process so far. */
async function seconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

/** Resolves to the first line that matches; reads on. */
async function said(stream: NodeJS.ReadableStream, pattern: RegExp): Promise<string> {
  const lines = createInterface(stream);
  return new Promise((resolve, reject) => {
    lines.on('line', (text) => pattern.test(text) && resolve(text));
    lines.on('close', () => reject(new Error(`it ended before it said ${pattern}`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

function line(...cells: string[]): string {
  return cells.map((cell) => cell.padStart(16)).join('');
}
