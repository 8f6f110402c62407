import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { RECONNECT_TIMES } from '../../src/broker/reconnect-delay.ts';
import { SimulatedClock } from '../../src/time/simulated-clock.ts';
import { decodeReport } from '../../src/wire/report-codec.ts';
import { countReportReads, startImpostor, startUplink, TestSpool } from './uplink-fixture.ts';
import { Mosquitto } from './uplink-mosquitto.ts';
import { Network } from './uplink-proxy.ts';
import { type Received, recordAll } from './uplink-received.ts';

const HOURS = Array.from({ length: 30 }, (_, index) => index + 1);
/** Short, so that what takes minutes is seen in a test; a machine that is slower than this tries again. */
const patience = { connectMs: 2_000, acknowledgeMs: 500 };

/** Answers of MQTT 5, each to one type of packet. */
type Answer = (packet: Buffer) => Buffer;
const NOTHING = Buffer.alloc(0);
const toConnect =
  (hex: string): Answer =>
  (packet) =>
    packet[0] === 0x10 ? Buffer.from(hex, 'hex') : NOTHING;
const toPublish =
  (hex: string): Answer =>
  (packet) => {
    if (packet[0] !== 0x32) return NOTHING;
    // After the type: the length in one byte or two, and the topic with its own length.
    const at = packet[1]! & 0x80 ? 3 : 2;
    const id = packet.subarray(at + 2 + packet.readUInt16BE(at)).subarray(0, 2);
    return Buffer.from(hex.replace('ID', id.toString('hex')), 'hex');
  };

const ACCEPTED = toConnect('2003000000');
const UNAVAILABLE = toConnect('2003008800');
const FULL = toPublish('4003ID97');
const SHUTTING_DOWN = toPublish('e0028b00');

let spool: TestSpool;
let broker: Mosquitto;
let facilities: Received;

beforeEach(async () => {
  spool = new TestSpool();
  broker = await Mosquitto.prepare();
  await broker.start();
  facilities = await recordAll(broker.url);
});

async function expectAll(hours: readonly number[]): Promise<void> {
  expect(new Set(await facilities.all(hours.length))).toEqual(new Set(hours));
  await spool.holds();
}

describe('every released report arrives', () => {
  test('through a firewall that drops everything for a while', async () => {
    const network = await Network.before(broker.port);
    const { said } = await startUplink(spool, network.port, '127.0.0.1', { patience });
    await spool.add(1);
    await facilities.all(1);
    network.goDark();
    await spool.add(...HOURS.slice(1));
    await said('it has not acknowledged a message');
    await said('connack timeout');
    network.goLight();
    await expectAll(HOURS);
  });

  test('when the broker is killed with reports that it has not acknowledged', async () => {
    const { said } = await startUplink(spool, broker.port, '127.0.0.1', { patience });
    await said('connected');
    broker.freeze();
    await spool.add(...HOURS);
    await broker.kill();
    await said('not delivered');
    await broker.start();
    await expectAll(HOURS);
  });

  test('when the connection breaks again and again', async () => {
    const network = await Network.before(broker.port);
    await spool.add(...HOURS);
    await startUplink(spool, network.port, '127.0.0.1', { patience });
    for (const hour of HOURS) {
      await facilities.all(Math.min(hour, HOURS.length));
      network.cut();
    }
    await expectAll(HOURS);
  });

  test('when the broker talks nonsense in between', async () => {
    const network = await Network.before(broker.port);
    const { said } = await startUplink(spool, network.port, '127.0.0.1', { patience });
    await said('connected');
    // An acknowledgement of nothing, a packet of a reserved type, one without end.
    for (const nonsense of ['40020001', '00ffffff', 'f0ffffffffff']) {
      network.say(Buffer.from(nonsense, 'hex'));
      await spool.add(...HOURS);
      await expectAll(HOURS);
    }
  });

  test.each([
    ['is full', 'Publish error: Quota exceeded', [ACCEPTED, FULL]],
    ['takes nobody in', 'Connection refused: Server unavailable', [UNAVAILABLE]],
    ['hangs up', 'it hung up: it is shutting down', [ACCEPTED, SHUTTING_DOWN]],
  ])('when the broker %s for a while', async (_how, reason, answers) => {
    await spool.add(1);
    const unwilling = await startImpostor((socket, packet) => {
      for (const answer of answers) socket.write(answer(packet));
    });
    onTestFinished(unwilling.stop);
    const network = await Network.before(unwilling.port);
    const { said } = await startUplink(spool, network.port, '127.0.0.1', { patience });
    await said(reason);
    await spool.holds('3600-window.report');
    network.leadTo(broker.port);
    network.cut();
    await expectAll([1]);
  });

  test('after thirty days without a broker, in order, and nothing was read meanwhile', async () => {
    const offline = await Mosquitto.prepare();
    const clock = new SimulatedClock();
    const reads = countReportReads(spool);
    const { tries } = await startUplink(spool, offline.port, '127.0.0.1', {
      clock,
      reconnect: RECONNECT_TIMES,
    });
    for (let day = 1; day <= 30; day++) {
      await tries(day);
      await spool.add(...Array.from({ length: 24 }, (_, index) => (day - 1) * 24 + index + 1));
      await spool.addDay(day);
      await clock.advance(86_400_000);
    }
    expect(reads.count).toBe(0);
    expect(clock.timers).toBeLessThan(5);
    await offline.start();
    const late = await recordAll(offline.url);
    await tries(31);
    await clock.advance(86_400_000);
    await late.until(() => late.packets.length >= 30 * 25);
    await spool.holds();
    const topics = late.packets.map(({ topic }) => topic);
    expect(topics.filter((topic) => topic.endsWith('/day'))).toHaveLength(30);
    const hours = late.packets
      .filter(({ topic }) => topic.endsWith('/window'))
      .map(({ payload }) => decodeReport(Buffer.from(payload)).windowStartSeconds / 3600);
    expect(hours).toEqual(Array.from({ length: 30 * 24 }, (_, index) => index + 1));
  });
});
