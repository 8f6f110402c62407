import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fleetKeys } from '../../firmware/fleet/fleet.ts';
import type { ReportStore } from '../../src/monitor/store/report-store.ts';
import { AlarmReceiver } from './alarm-receiver.ts';
import { Delays } from './delays.ts';
import { Load, PROBES, SEED, SPOOL_DOORS } from './load.ts';
import { Monitor } from './monitor.ts';
import { RabbitCluster } from './rabbit-cluster.ts';
import { makeSharedStore } from './shared-store.ts';
import { type Verdict, verdictOn } from './verdict.ts';

export interface ScenarioOptions {
  readonly cameras: number;
  /** So often a node is killed, and a monitor. */
  readonly kills: number;
  readonly queues: 'quorum' | 'classic';
  readonly say: (line: string) => void;
}

const PARTS = ['1/2', '2/2'];
/** What is on its way to the store when the load has ended has so long without anything arriving. */
const STILL_MS = 30_000;
/** A node stays away so long for whoever waits for it. */
const GONE_MS = 20_000;
const LOOK_MS = 500;

/** Runs everything once, in a folder that is there. */
export async function runScenario(folder: string, options: ScenarioOptions): Promise<Verdict> {
  const { cameras, queues, say } = options;
  const open: (() => Promise<unknown>)[] = [];
  const opened = <Thing>(thing: Thing, close: (thing: Thing) => Promise<unknown>): Thing => {
    open.push(() => close(thing));
    return thing;
  };
  try {
    say('three RabbitMQ nodes are started');
    const cluster = opened(await RabbitCluster.start(join(folder, 'rabbit'), queues), (it) => it.stop());
    const shared = opened(await makeSharedStore(), (it) => it.stop());
    const store = opened(await shared.open(), (it) => it.close());
    const alarms = opened(await AlarmReceiver.listen(), (it) => it.close());
    await enrolAll(store, cameras + SPOOL_DOORS + PROBES);

    say('two monitors are started');
    const [url, ...other_urls] = cluster.urls;
    const monitors: Monitor[] = [];
    for (const [at, part] of PARTS.entries()) {
      const broker = { url, other_urls, part };
      const settings = { broker, store: shared.settings, alarms: { webhook: alarms.url } };
      const monitor = await Monitor.prepare(folder, `monitor-${at + 1}`, settings);
      monitors.push(opened(monitor, (it) => it.end()));
      await monitor.start();
    }

    say(`${cameras} cameras, ${SPOOL_DOORS} doors with a spool and ${PROBES} probes begin to report`);
    const delays = new Delays(store);
    const loadFolder = join(folder, 'load');
    await mkdir(loadFolder);
    const load = await Load.start(loadFolder, cluster.urls, cameras, (probe, start) =>
      delays.sent(probe, start),
    );
    await load.windows(2);
    const reconnectMs: number[] = [];
    for (let kill = 0; kill < options.kills; kill++) {
      const [onNode, other] = kill % 2 === 0 ? monitors : monitors.toReversed();
      reconnectMs.push(await killNode(cluster, load, onNode!, say));
      await killMonitor(load, other!, say);
    }
    say('the load ends');
    const fleet = await load.end();
    await settled(store, load);
    const longestToStoreMs = await delays.end();
    return await verdictOn({ store, load, fleet, monitors, alarms, cameras, reconnectMs, longestToStoreMs });
  } finally {
    for (const close of open.toReversed()) await close();
  }
}

async function enrolAll(store: ReportStore, cameras: number): Promise<void> {
  for (const { door, key } of fleetKeys(cameras, SEED)) {
    const [site = '', device = ''] = door.split('/');
    await store.enrol({ site, device }, key);
  }
}

/** Kills the node under a monitor while everything is on its way. @returns after how long that monitor was back elsewhere */
async function killNode(cluster: RabbitCluster, load: Load, monitor: Monitor, say: (line: string) => void) {
  const node = cluster.nodeAt(monitor.host);
  const { connections } = monitor;
  await sleep(Math.random() * 1_000);
  say(`the node at ${node.host}, which ${monitor.name} is connected to, is killed`);
  const began = performance.now();
  await node.kill();
  const back = monitor.connectedAgain(connections).then(() => {
    say(`${monitor.name} is connected to ${monitor.host}`);
    return performance.now() - began;
  });
  // Where a session lies on one node only, nobody comes back before that node does.
  await Promise.race([back, sleep(GONE_MS, undefined, { ref: false })]);
  await load.windows(3);
  say(`the node at ${node.host} is started again`);
  await node.start();
  const tookMs = await back;
  await load.windows(2);
  return tookMs;
}

async function killMonitor(load: Load, monitor: Monitor, say: (line: string) => void): Promise<void> {
  await sleep(Math.random() * 1_000);
  say(`${monitor.name} is killed`);
  await monitor.kill();
  await load.windows(1);
  await monitor.start();
  await load.windows(1);
}

/** Resolves when all that was sent is kept, or nothing arrives any more. */
async function settled(store: ReportStore, load: Load): Promise<void> {
  let [kept, sinceMs] = [-1, performance.now()];
  while (kept < load.sent.reports.length && performance.now() - sinceMs < STILL_MS) {
    await sleep(LOOK_MS);
    const { length } = await store.reports({ level: 'window', fromSeconds: 0, toSeconds: 2 ** 32 });
    if (length > kept) sinceMs = performance.now();
    kept = length;
  }
}
