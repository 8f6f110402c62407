import { loadavg } from 'node:os';
import { Programs, processorSeconds, said } from './programs.ts';

const MINUTES = Number(process.env.LINTEL_BENCH_MINUTES ?? 2);

/** So many cameras, each connected to one Mosquitto and reporting every minute: what the monitor takes of a core. */
export async function benchConnected(sizes: readonly number[]): Promise<void> {
  console.log(`Reports every minute for ${MINUTES} minutes, load ${loadavg()[0]!.toFixed(1)}.\n`);
  console.log(line('cameras', 'reports', 'kept', 'of one core', 'broker', 'burst over in'));
  for (const cameras of sizes) console.log(line(...(await measure(cameras))));
}

async function measure(cameras: number): Promise<string[]> {
  const programs = await Programs.start(cameras);
  const { broker, store, url } = programs;
  try {
    const monitor = await programs.startMonitor();
    const each = ['--every', '60s', '--windows', `${MINUTES}`];
    const fleet = programs.lintel('fleet', '--broker', url, '--cameras', `${cameras}`, ...each, '--json');
    const summary = said(fleet.stdout!, /reports/);
    await said(fleet.stderr!, /connected/);
    const before = [await processorSeconds(monitor), await processorSeconds(broker)] as const;
    const began = performance.now();
    const { reports, slowestWindowMs } = JSON.parse(await summary);
    const kept = async () =>
      (await store.reports({ level: 'window', fromSeconds: 0, toSeconds: 2 ** 32 })).length;
    let found = await kept();
    for (let waited = 0; found < reports && waited < 600; waited++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      found = await kept();
    }
    const span = (performance.now() - began) / 1_000;
    const share = (now: number, from: number) => `${((100 * (now - from)) / span).toFixed(1)} %`;
    return [
      `${cameras}`,
      `${reports}`,
      `${found}`,
      share(await processorSeconds(monitor), before[0]),
      share(await processorSeconds(broker), before[1]),
      `${(slowestWindowMs / 1_000).toFixed(1)} s`,
    ];
  } finally {
    await programs.endAll();
  }
}

function line(...cells: string[]): string {
  return cells.map((cell) => cell.padStart(16)).join('');
}
