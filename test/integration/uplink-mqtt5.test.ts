import { connectAsync } from 'mqtt';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { StatusFiles } from '../../src/spool/status-files.ts';
import { signedStatus } from '../../src/wire/example-signer.ts';
import type { DeviceState } from '../../src/wire/status.ts';
import { decodeStatus } from '../../src/wire/status-codec.ts';
import { startUplink, TestSpool } from './uplink-fixture.ts';
import { Mosquitto } from './uplink-mosquitto.ts';
import { Network } from './uplink-proxy.ts';
import { type Received, recordAll } from './uplink-received.ts';

const STATUS = 'lintel/v1/hall/front/status';

let spool: TestSpool;
let broker: Mosquitto;
let facilities: Received;

async function start(more: readonly string[] = []): Promise<void> {
  spool = new TestSpool();
  broker = await Mosquitto.prepare(undefined, more);
  await broker.start();
  facilities = await recordAll(broker.url);
}

async function writeStatus(kind: 'current' | 'lost', state: DeviceState): Promise<void> {
  await new StatusFiles('/spool', spool.disk).write(kind, signedStatus({ state }));
}

function statuses(): DeviceState[] {
  const messages = facilities.packets.filter(({ topic }) => topic === STATUS);
  return messages.map(({ payload }) => decodeStatus(Buffer.from(payload)).state);
}

const heard = (...states: DeviceState[]) => facilities.until(() => statuses().join() === states.join());

/** What the broker says to somebody who comes now. */
async function retainedStatus() {
  const late = await connectAsync(broker.url, { protocolVersion: 5 });
  onTestFinished(() => late.endAsync(true));
  const message = new Promise<DeviceState>((resolve) => {
    late.on('message', (_topic, bytes, { retain }) => {
      if (retain) resolve(decodeStatus(bytes).state);
    });
  });
  await late.subscribeAsync(STATUS, { qos: 1 });
  return message;
}

describe('what the uplink says to a broker of MQTT 5', () => {
  beforeEach(() => start());

  test('a report has a content type, a schema version and an end, and is not retained', async () => {
    await spool.add(1);
    await startUplink(spool, broker.port);
    await facilities.all(1);
    const [{ qos, retain, properties } = expect.fail()] = facilities.packets;
    expect({ qos, retain }).toEqual({ qos: 1, retain: false });
    expect(properties?.contentType).toBe('application/x-protobuf; messageType="lintel.v1.Report"');
    expect({ ...properties?.userProperties }).toEqual({ 'schema-version': '1' });
    expect(properties?.messageExpiryInterval).toBeGreaterThan(29 * 86_400);
    expect(properties?.messageExpiryInterval).toBeLessThanOrEqual(30 * 86_400);
  });

  test('the broker keeps nothing for it between connections, and has to hear of it every minute', async () => {
    const log = new Promise<string>((resolve) =>
      broker.onLine((line) => line.includes(' as lintel:') && resolve(line)),
    );
    await startUplink(spool, broker.port);
    expect(await log).toMatch(/ as lintel:hall:front \(p5, c1, k60\)/);
  });

  test('the status is said at every connection, kept for who comes later, and said again when it changes', async () => {
    await writeStatus('current', 'running');
    await writeStatus('lost', 'lost');
    await startUplink(spool, broker.port);
    await heard('running');
    expect(await retainedStatus()).toBe('running');
    await writeStatus('current', 'fault-sign');
    await heard('running', 'fault-sign');
    // A report wakes the uplink as well; the status is the same.
    await spool.add(1);
    await facilities.all(1);
    expect(statuses()).toEqual(['running', 'fault-sign']);
    const { properties } = facilities.packets.find(({ topic }) => topic === STATUS)!;
    expect(properties?.contentType).toBe('application/x-protobuf; messageType="lintel.v1.Status"');
    expect(properties?.messageExpiryInterval).toBeLessThanOrEqual(3 * 3600);
  });

  test('when the connection is lost the broker says so, and the camera says otherwise when it is back', async () => {
    await writeStatus('current', 'running');
    await writeStatus('lost', 'lost');
    const network = await Network.before(broker.port);
    await startUplink(spool, network.port);
    await heard('running');
    network.cut();
    await heard('running', 'lost', 'running');
    expect(await retainedStatus()).toBe('running');
  });

  test("after an orderly end the status does not stay 'running'", async () => {
    await writeStatus('current', 'running');
    await writeStatus('lost', 'lost');
    const { stop } = await startUplink(spool, broker.port);
    await heard('running');
    await stop();
    await heard('running', 'lost');
    expect(await retainedStatus()).toBe('lost');
  });

  test('a status for when it is lost that comes after the connection is registered by a new one', async () => {
    await writeStatus('current', 'running');
    const network = await Network.before(broker.port);
    await startUplink(spool, network.port);
    await heard('running');
    await writeStatus('lost', 'lost');
    await heard('running', 'running');
    network.cut();
    await heard('running', 'running', 'lost', 'running');
  });
});

describe('a broker that is slow, or has little room', () => {
  test.each([
    [1, 1],
    [5, 5],
    [0, 16],
  ])('one that takes %d unacknowledged messages is sent no more than %d', async (taken, sent) => {
    await start([`max_inflight_messages ${taken}`]);
    const hours = Array.from({ length: 40 }, (_, index) => index + 1);
    const network = await Network.before(broker.port);
    network.deafen();
    await spool.add(...hours);
    const { said } = await startUplink(spool, network.port, '127.0.0.1', {
      patience: { connectMs: 15_000, acknowledgeMs: 300 },
    });
    await said('it has not acknowledged a message for 0.3 s');
    await facilities.all(sent);
    expect(new Set(facilities.windows).size).toBe(sent);
    network.hear();
    expect(new Set(await facilities.all(40))).toEqual(new Set(hours));
    await spool.holds();
  });

  test('one that acknowledges nothing is given up, and the report is sent again', async () => {
    await start();
    const { said } = await startUplink(spool, broker.port, '127.0.0.1', {
      patience: { connectMs: 1_000, acknowledgeMs: 200 },
    });
    await said('connected');
    broker.freeze();
    await spool.add(1);
    await said('it has not acknowledged a message for 0.2 s');
    await spool.holds('3600-window.report');
    broker.thaw();
    await spool.holds();
    expect(new Set(await facilities.all(1))).toEqual(new Set([1]));
  });
});
