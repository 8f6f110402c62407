import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { signedStatus } from '../../src/wire/example-signer.ts';
import { readPayload, writePayload } from '../reference/sparkplug-standard.ts';
import { type Heard, Listener, latestWindow, startCamera } from './profile-rig.ts';

const REBIRTH = writePayload([{ name: 'Node Control/Rebirth', booleanValue: true }]);
const bdSeq = ({ payload }: Heard) =>
  readPayload(payload).metrics.find(({ name }) => name === 'bdSeq')?.longValue;
const seq = ({ payload }: Heard) => readPayload(payload).seq;
const kind = ({ topic }: Heard) => topic.split('/')[2];

async function startSparkplug(rules?: string) {
  const camera = await startCamera('sparkplug', rules);
  const { listener, say } = await Listener.start(camera.broker.url, 'spBv1.0/#');
  return { camera, listener, say };
}

/** The most memory that a program has had so far. */
async function peakMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1e3;
}

describe('a Sparkplug session with a real Mosquitto', () => {
  test('tck-id-principles-birth-certificates-order, tck-id-payloads-ddata-order: births come first, then data', async () => {
    const { camera, listener } = await startSparkplug();
    await camera.release(latestWindow());
    await camera.status(signedStatus());
    const program = camera.start();
    await listener.has(2, 'DDATA');
    expect(listener.heard.map(kind)).toEqual(['NBIRTH', 'DBIRTH', 'DDATA', 'DDATA']);
    expect(listener.heard.map(seq)).toEqual([0, 1, 2, 3]);
    for (const { qos, retain } of listener.heard) expect({ qos, retain }).toEqual({ qos: 0, retain: false });
    expect(await program.end('SIGTERM')).toBe(0);
    expect(await camera.waiting()).toEqual([]);
  });

  test('tck-id-payloads-ndeath-will-message: who is killed is declared dead by the broker, with the bdSeq of the birth', async () => {
    const { camera, listener } = await startSparkplug();
    const program = camera.start();
    const [birth] = await listener.has(1, 'NBIRTH');
    await program.end('SIGKILL');
    const [death] = await listener.has(1, 'NDEATH');
    expect(death).toMatchObject({ topic: 'spBv1.0/hall/NDEATH/front', qos: 1, retain: false });
    expect(bdSeq(death!)).toBe(bdSeq(birth!));
    expect(seq(death!)).toBeUndefined();
  });

  test('tck-id-operational-behavior-edge-node-intentional-disconnect-ndeath, tck-id-payloads-ndeath-will-message-publisher-disconnect-mqtt50: an orderly end says so, and has the broker say it, too', async () => {
    const { camera, listener } = await startSparkplug();
    const program = camera.start();
    const [birth] = await listener.has(1, 'NBIRTH');
    await listener.has(1, 'DBIRTH');
    expect(await program.end('SIGTERM')).toBe(0);
    const deaths = await listener.has(2, 'NDEATH');
    expect(listener.heard.map(kind)).toEqual(['NBIRTH', 'DBIRTH', 'DDEATH', 'NDEATH', 'NDEATH']);
    for (const death of deaths) expect(bdSeq(death)).toBe(bdSeq(birth!));
  });

  test('tck-id-topics-nbirth-bdseq-increment: bdSeq grows when the broker comes back', async () => {
    const { camera, listener } = await startSparkplug();
    camera.start();
    const [first] = await listener.has(1, 'NBIRTH');
    expect(bdSeq(first!)).toBe(0);
    await camera.broker.kill();
    await camera.broker.start();
    const later = await Listener.start(camera.broker.url, 'spBv1.0/#');
    // Its birth may be over before anybody listens again; a host then asks for it.
    await later.say('spBv1.0/hall/NCMD/front', REBIRTH);
    const [second] = await later.listener.has(1, 'NBIRTH');
    expect(bdSeq(second!)).toBeGreaterThan(0);
  });

  test('the death of a session that was left open comes before the birth of the next, which may have its bdSeq', async () => {
    const { camera, listener } = await startSparkplug();
    const first = camera.start();
    await listener.has(1, 'DBIRTH');
    process.kill(first.pid, 'SIGSTOP');
    camera.start();
    await listener.has(2, 'DBIRTH');
    expect(listener.heard.map(kind)).toEqual(['NBIRTH', 'DBIRTH', 'NDEATH', 'NBIRTH', 'DBIRTH']);
  });

  test('tck-id-operational-behavior-data-commands-rebirth-action-2: a host gets the births again, with current values', async () => {
    const { camera, listener, say } = await startSparkplug();
    const count = { status: 'published', value: 41 } as const;
    await camera.release({ ...latestWindow(), in: count });
    camera.start();
    await listener.has(1, 'DDATA');
    await say('spBv1.0/hall/NCMD/front', Buffer.from('noise'));
    await say('spBv1.0/hall/NCMD/front', REBIRTH);
    const [, again] = await listener.has(2, 'DBIRTH');
    const [first, second] = await listener.has(2, 'NBIRTH');
    expect([seq(second!), seq(again!)]).toEqual([0, 1]);
    expect(bdSeq(second!)).toBe(bdSeq(first!));
    const { metrics } = readPayload(again!.payload);
    expect(metrics.find(({ name }) => name === 'Window/In')?.longValue).toBe(41);
  });

  test('a command that is far too large does not even reach the camera', async () => {
    const { camera, listener, say } = await startSparkplug();
    const { pid } = camera.start();
    await listener.has(1, 'DBIRTH');
    const before = await peakMegabytes(pid);
    await say('spBv1.0/hall/NCMD/front', Buffer.alloc(60e6));
    await say('spBv1.0/hall/NCMD/front', REBIRTH);
    await listener.has(2, 'DBIRTH');
    expect((await peakMegabytes(pid)) - before).toBeLessThan(40);
  });

  test('reports that waited without a network are historical, and none of them is lost', async () => {
    const { camera, listener } = await startSparkplug();
    const hours = Array.from({ length: 30 }, (_, hour) => 30 - hour);
    for (const hour of hours) await camera.release(latestWindow(hour));
    const native = (await Listener.start(camera.broker.url, 'lintel/v1/#')).listener;
    camera.start();
    await native.has(30, 'report/window');
    const data = await listener.has(30, 'DDATA');
    for (const { payload } of data) expect(readPayload(payload).metrics[0]!.isHistorical).toBe(true);
    expect(data.map(seq)).toEqual(hours.map((_, index) => index + 2));
    expect(new Set(data.map(({ payload }) => payload.length)).size).toBe(1);
  });

  test('a report whose data the broker has taken is kept until it has said so', async () => {
    const { camera, listener } = await startSparkplug('topic readwrite spBv1.0/#\n');
    await camera.release(latestWindow());
    const program = camera.start();
    await listener.has(1, 'DDATA');
    await program.said('not delivered');
    expect(await camera.waiting()).toHaveLength(1);
    await camera.broker.allow('topic readwrite #\n');
    await program.said('delivered');
  });
});
