import { setTimeout as sleep } from 'node:timers/promises';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { SitePart } from '../../src/monitor/site-part.ts';
import { exampleReport } from '../../src/wire/example-report.ts';
import { exampleSigner } from '../../src/wire/example-signer.ts';
import { fingerprint } from '../../src/wire/fingerprint.ts';
import { encodeReport } from '../../src/wire/report-codec.ts';
import { reportTopic } from '../../src/wire/report-topic.ts';
import type { LintelProgram } from './lintel-program.ts';
import { MonitorFolder } from './monitor-program.ts';
import { PostgresCluster } from './postgres-cluster.ts';
import { freePort, Mosquitto } from './uplink-mosquitto.ts';

/** `LINTEL_KILLS=50` for a long run. */
const KILLS = Number(process.env.LINTEL_KILLS ?? 2);
const HOURS_A_LIFE = 25;
const SITES = Array.from({ length: 10 }, (_, at) => `site-${at}`);
const signer = exampleSigner();
const all = { level: 'window', fromSeconds: 0, toSeconds: 2 ** 32 } as const;
/** No broker is killed here. */
const HOLDS_MUCH = ['max_queued_messages 0', 'autosave_on_changes false'];

let cluster: PostgresCluster;
beforeAll(async () => {
  cluster = await PostgresCluster.start();
});
afterAll(() => cluster.stop());

/** One of several monitors over one database. */
class OneOfMany {
  readonly folder: MonitorFolder;
  readonly #metricsPort: number;
  program: LintelProgram;

  static async start(url: string, postgresql: string, name: string, share: object): Promise<OneOfMany> {
    const port = await freePort();
    const broker = { url, client_id: name, ...share };
    const folder = await MonitorFolder.make(broker, { store: { postgresql }, metrics: { port } });
    const one = new OneOfMany(folder, port);
    await one.program.said(/"connected"/);
    return one;
  }

  private constructor(folder: MonitorFolder, metricsPort: number) {
    this.folder = folder;
    this.#metricsPort = metricsPort;
    this.program = folder.start();
  }

  /** How many reports this process has put into the store. */
  async taken(): Promise<number> {
    const text = await (await fetch(`http://127.0.0.1:${this.#metricsPort}/metrics`)).text();
    return Number(/^lintel_reports_stored_total\{level="window"\} (\d+)$/m.exec(text)?.[1] ?? 0);
  }

  /** Like a power cut, and back again. */
  async kill(): Promise<void> {
    this.program.kill('SIGKILL');
    await this.program.ended;
    this.program = this.folder.start();
    await this.program.said(/"hadSession":true/);
  }
}

async function cameras(url: string): Promise<(hour: number) => Promise<unknown>> {
  const client: MqttClient = await connectAsync(url, { protocolVersion: 5 });
  onTestFinished(() => client.endAsync(true));
  return (hour) =>
    Promise.all(
      SITES.map((site) => {
        const door = { site, device: 'front' };
        const report = exampleReport({ windowStartSeconds: hour * 3_600 });
        const bytes = Buffer.from(encodeReport(report, door, signer));
        return client.publishAsync(reportTopic(door, 'window'), bytes, { qos: 1 });
      }),
    );
}

const countTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

/** @returns every window that is kept, such as 'site-3 17' */
async function kept(folder: MonitorFolder): Promise<string[]> {
  const found = await folder.look((store) => store.reports(all));
  return found.map(({ site, report }) => `${site} ${report.windowStartSeconds / 3_600}`);
}

test.each([
  ['a group', [{ share: 'facilities' }, { share: 'facilities' }]],
  ['parts of all sites', [{ part: '1/2' }, { part: '2/2' }]],
])(
  'two monitors share the load by %s: both take some, and one that is killed under load costs no report',
  async (_, shares) => {
    const broker = await Mosquitto.prepare(undefined, HOLDS_MUCH);
    await broker.start();
    const url = await cluster.makeDatabase();
    const monitors = await Promise.all(
      shares.map((share, at) => OneOfMany.start(broker.url, url, `monitor-${at}`, share)),
    );
    const [first] = monitors;
    await first!.folder.look(async (store) => {
      for (const site of SITES) await store.enrol({ site, device: 'front' }, fingerprint(signer.publicKey));
    });
    const sendHour = await cameras(broker.url);
    let sent = 0;
    const sendLife = () => Promise.all(countTo(HOURS_A_LIFE).map(() => sendHour(++sent)));
    const arrived = async () => {
      while ((await kept(first!.folder)).length < sent * SITES.length) await sleep(20);
    };

    await sendLife();
    await arrived();
    // Each by one, and not all by the same. A monitor counts what it has put there after all that goes with it.
    let taken: number[] = [];
    const sum = () => taken.reduce((all, one) => all + one, 0);
    while (sum() < sent * SITES.length) taken = await Promise.all(monitors.map((monitor) => monitor.taken()));
    expect(sum()).toBe(sent * SITES.length);
    const parts = shares.map((share) => ('part' in share ? SitePart.parse(share.part) : undefined));
    for (const [at, part] of parts.entries()) {
      const own = SITES.filter((site) => part?.has(reportTopic({ site, device: 'front' }, 'window')));
      if (part) expect(taken[at]).toBe(sent * own.length);
      else expect(taken[at]).toBeGreaterThan(0);
    }

    for (let kill = 0; kill < KILLS; kill++) {
      const sending = sendLife();
      await sleep(Math.random() * 100);
      await Promise.all([monitors[kill % 2]!.kill(), sending]);
    }
    await arrived();
    const expected = countTo(sent).flatMap((hour) => SITES.map((site) => `${site} ${hour}`));
    expect((await kept(first!.folder)).sort()).toEqual(expected.sort());
    expect(await first!.folder.look((store) => store.alarms.claims(0))).toEqual(
      // The example's noise is not what a release says.
      SITES.map((site) => expect.objectContaining({ site, kind: 'budget' })),
    );
    for (const { program } of monitors) {
      program.kill('SIGTERM');
      expect(await program.ended).toBe(0);
    }
  },
);

test('while the database is lost nothing is acknowledged, the log says why, and all is kept when it is back', async () => {
  const broker = await Mosquitto.prepare(undefined, HOLDS_MUCH);
  await broker.start();
  const monitor = await OneOfMany.start(broker.url, await cluster.makeDatabase(), 'monitor', {});
  await monitor.folder.look(async (store) => {
    for (const site of SITES) await store.enrol({ site, device: 'front' }, fingerprint(signer.publicKey));
  });
  const sendHour = await cameras(broker.url);
  await sendHour(1);
  const sending = Promise.all(countTo(50).map((hour) => sendHour(hour + 1)));
  await cluster.crash();
  await sending;
  await monitor.program.said(/"reason":"PostgreSQL at 127.0.0.1:\d+: [^"]*","msg":"not connected/);
  await cluster.restart();
  while ((await kept(monitor.folder)).length < 51 * SITES.length) await sleep(20);
  monitor.program.kill('SIGTERM');
  expect(await monitor.program.ended).toBe(0);
  expect(monitor.program.out + monitor.program.err).not.toContain('sesame');
});
