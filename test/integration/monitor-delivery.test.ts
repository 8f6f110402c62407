import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectAsync, type MqttClient } from 'mqtt';
import { expect, onTestFinished, test } from 'vitest';
import { TlsIdentity } from '../../src/broker/tls-identity.ts';
import { Inbox } from '../../src/monitor/inbox/inbox.ts';
import { Ingest } from '../../src/monitor/ingest.ts';
import { SqliteStore } from '../../src/monitor/store/sqlite-store.ts';
import { SimulatedClock } from '../../src/time/simulated-clock.ts';
import { SystemClock } from '../../src/time/system-clock.ts';
import { parseBrokerUrl } from '../../src/wire/broker-url.ts';
import { exampleSigner, signedExample, signedStatus } from '../../src/wire/example-signer.ts';
import { fingerprint } from '../../src/wire/fingerprint.ts';
import { MonitorFolder } from './monitor-program.ts';
import { startBroker, startMuteBroker } from './uplink-fixture.ts';
import { Mosquitto } from './uplink-mosquitto.ts';

/** `LINTEL_KILLS=200` for a long run. */
const KILLS = Number(process.env.LINTEL_KILLS ?? 4);
const REPORTS_A_LIFE = 200;
const WINDOW = 'lintel/v1/hall/front/report/window';
const front = { site: 'hall', device: 'front' };
const signer = exampleSigner();
const key = fingerprint(signer.publicKey);
const all = { level: 'window', fromSeconds: 0, toSeconds: 2 ** 32 } as const;
const hourOf = (hour: number) => signedExample({ windowStartSeconds: hour * 3600 }, signer);

async function camera(url: string): Promise<MqttClient> {
  const client = await connectAsync(url, { protocolVersion: 5 });
  onTestFinished(() => client.endAsync(true));
  return client;
}

/** A monitor's inbox in this process. @param fails tells of a message whether the store fails then */
function startInbox(url: string, fails = (_count: number) => false, share?: string, clientId = 'monitor') {
  const store = SqliteStore.open(':memory:');
  // More than one may wait.
  const changes = new EventEmitter();
  const counted = { kept: 0, taken: 0 };
  const ingest = new Ingest(store, new SimulatedClock(), {
    kept: (reports) => {
      counted.kept += reports.length;
      changes.emit('change');
    },
    refused: () => {},
  });
  const connected: (readonly [number, boolean])[] = [];
  const lost: string[] = [];
  const inbox = new Inbox(
    {
      broker: parseBrokerUrl(url),
      tls: new TlsIdentity({}),
      clientId,
      keepSeconds: 3600,
      share,
      clock: new SystemClock(),
      take: async (topic, bytes, isOld) => {
        changes.emit('change');
        if (fails(counted.taken++)) {
          // By then an acknowledgement that was given too early is out.
          await sleep(5);
          throw new Error('the disk is full');
        }
        await ingest.take(topic, bytes, isOld);
      },
    },
    {
      connected: (...what) => {
        connected.push(what);
        changes.emit('change');
      },
      lost: (reason) => {
        lost.push(reason);
        changes.emit('change');
      },
    },
    { firstMs: 10, longestMs: 50 },
  );
  const ending = new AbortController();
  const running = inbox.run(ending.signal);
  const stop = async () => {
    ending.abort();
    await running;
  };
  onTestFinished(stop);
  /** Resolves to what `find` finds, when it finds something; asked at each change. */
  const until = async <Found>(find: () => Promise<Found | undefined | false> | Found | undefined | false) => {
    for (;;) {
      const change = once(changes, 'change');
      const found = await find();
      if (found) return found;
      await change;
    }
  };
  const hours = async () =>
    (await store.reportsOf(front, all)).map((report) => report.windowStartSeconds / 3600);
  return { store, stop, until, hours, connected, lost, counted };
}

const countTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

/** These tests kill no broker, and one that writes everything it holds at every change would be what is measured. */
const HOLDS_MUCH = ['max_queued_messages 0', 'autosave_on_changes false'];

test('killed at random times, the monitor loses no report, and counts none twice', async () => {
  const broker = await Mosquitto.prepare(undefined, HOLDS_MUCH);
  await broker.start();
  const folder = await MonitorFolder.make({ url: broker.url });
  await folder.look((store) => store.enrol(front, key));
  const sender = await camera(broker.url);
  const kept = () => folder.look((store) => store.reportsOf(front, all));
  // The session begins with the first connection.
  let monitor = folder.start();
  await monitor.said(/"connected"/);
  let sent = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const sending = countTo(REPORTS_A_LIFE).map(() =>
      sender.publishAsync(WINDOW, Buffer.from(hourOf(++sent)), { qos: 1 }),
    );
    await sleep(Math.random() * 60);
    monitor.kill('SIGKILL');
    await Promise.all([...sending, monitor.ended]);
    monitor = folder.start();
    await monitor.said(/"hadSession":true/);
  }
  const last = sent + 1;
  await sender.publishAsync(WINDOW, Buffer.from(hourOf(last)), { qos: 1 });
  while ((await kept()).length < last) await sleep(20);
  expect((await kept()).map((report) => report.windowStartSeconds / 3600)).toEqual(countTo(last));
  monitor.kill('SIGTERM');
  expect(await monitor.ended).toBe(0);
});

test('what the store did not take is not acknowledged, and is taken when it comes again', async () => {
  const broker = await Mosquitto.prepare();
  await broker.start();
  const { store, until, hours, lost } = startInbox(broker.url, (count) => count % 7 === 3);
  await store.enrol(front, key);
  const sender = await camera(broker.url);
  for (const hour of countTo(40)) await sender.publishAsync(WINDOW, Buffer.from(hourOf(hour)), { qos: 1 });
  await until(async () => (await hours()).length === 40);
  expect(await hours()).toEqual(countTo(40));
  expect(lost.join()).toContain('the disk is full');
});

test('a flood is on its way into the store at once, and what is not of ours holds nothing up', async () => {
  const broker = await Mosquitto.prepare(undefined, HOLDS_MUCH);
  await broker.start();
  const { store, until, hours, counted, connected } = startInbox(broker.url);
  await store.enrol(front, key);
  await until(() => connected.length > 0);
  const sender = await camera(broker.url);
  const add = store.addReports.bind(store);
  const sizes: number[] = [];
  store.addReports = async (reports, seconds) => {
    sizes.push(reports.length);
    // Until the first ones are kept, nothing is acknowledged; as much comes as may be open.
    if (sizes.length === 1) await until(() => counted.taken >= 900);
    return add(reports, seconds);
  };
  const junk = ['lintel/v1/hall/front/report/other', 'lintel/v1/hall/front/status', WINDOW].map((topic) =>
    sender.publishAsync(topic, Buffer.alloc(160), { qos: 1 }),
  );
  const large = sender.publishAsync(WINDOW, Buffer.alloc(50_000), { qos: 1 });
  const unacknowledged = sender.publishAsync(WINDOW, Buffer.from(hourOf(2_001)), { qos: 0 });
  const reports = countTo(2_000).map((hour) =>
    sender.publishAsync(WINDOW, Buffer.from(hourOf(hour)), { qos: 1 }),
  );
  await Promise.all([...junk, large, unacknowledged, ...reports]);
  await until(() => counted.kept === 2_001);
  expect(await hours()).toEqual(countTo(2_001));
  // One commit for each would be 2,001.
  expect(sizes.length).toBeLessThan(200);
});

test('a status that the broker had kept comes once, with the first connection, and tells of no life', async () => {
  const broker = await Mosquitto.prepare();
  await broker.start();
  const sender = await camera(broker.url);
  const seconds = new SimulatedClock().wallMs() / 1_000 - 5_000;
  const status = signedStatus({ timeSeconds: seconds });
  await sender.publishAsync('lintel/v1/hall/front/status', Buffer.from(status), { qos: 1, retain: true });
  const first = startInbox(broker.url);
  const door = await first.until(async () => (await first.store.doors())[0]);
  expect(door.heardSeconds).toBe(seconds);
  await first.stop();
  const second = startInbox(broker.url);
  await second.until(() => second.connected.length > 0);
  await second.store.enrol(front, key);
  await sender.publishAsync(WINDOW, Buffer.from(hourOf(1)), { qos: 1 });
  await second.until(async () => (await second.hours()).length === 1);
  expect(second.connected).toEqual([[5, true]]);
  expect((await second.store.doors())[0]!.status).toBeUndefined();
});

test('two monitors of a group share the reports, and each is taken by one', async () => {
  const broker = await Mosquitto.prepare();
  await broker.start();
  const monitors = ['one', 'two'].map((name) => startInbox(broker.url, undefined, 'group', name));
  for (const { store, until, connected } of monitors) {
    await store.enrol(front, key);
    await until(() => connected.length > 0);
  }
  const sender = await camera(broker.url);
  for (const hour of countTo(20)) await sender.publishAsync(WINDOW, Buffer.from(hourOf(hour)), { qos: 1 });
  const taken = async () => (await Promise.all(monitors.map(({ hours }) => hours()))).flat();
  await Promise.race(monitors.map(({ until }) => until(async () => (await taken()).length === 20)));
  expect((await taken()).sort((a, b) => a - b)).toEqual(countTo(20));
  for (const { hours } of monitors) expect((await hours()).length).toBeGreaterThan(0);
});

test.each([
  ['says so', startBroker],
  ['hangs up on MQTT 5 without a word', startMuteBroker],
])('a broker of MQTT 3.1.1 that %s will do, but for a group', async (_, start) => {
  const { port } = await start();
  const url = `mqtt://127.0.0.1:${port}`;
  const { store, until, hours, connected } = startInbox(url);
  await store.enrol(front, key);
  await until(() => connected.length > 0);
  const sender = await connectAsync(url, { protocolVersion: 4 });
  onTestFinished(() => sender.endAsync(true));
  for (const hour of countTo(5)) await sender.publishAsync(WINDOW, Buffer.from(hourOf(hour)), { qos: 1 });
  await until(async () => (await hours()).length === 5);
  expect(connected).toEqual([[4, false]]);
  const grouped = startInbox(url, undefined, 'group', 'other');
  expect(await grouped.until(() => grouped.lost[0])).toContain('leave broker.share out');
});
