import { connectAsync } from 'mqtt';
import { expect, onTestFinished, test } from 'vitest';
import type { ReportStore } from '../../src/monitor/store/report-store.ts';
import { exampleSigner, signedExample, signedStatus } from '../../src/wire/example-signer.ts';
import { fingerprint } from '../../src/wire/fingerprint.ts';
import { lintel } from './lintel-program.ts';
import { MonitorFolder } from './monitor-program.ts';
import { Authority } from './uplink-authority.ts';
import { Mosquitto } from './uplink-mosquitto.ts';
import { Received, tlsOf } from './uplink-received.ts';

const TOPIC = 'lintel-alarms/v1/hall/front';
const key = fingerprint(exampleSigner().publicKey);

test('as docs/broker.md has it: a camera is enrolled, its fault is told where no camera can write, and it is listed', async () => {
  const authority = await Authority.make();
  const broker = await Mosquitto.asShipped(authority);
  await broker.start();
  const { ca, certificate, key: keyFile } = await authority.camera('facilities');
  const folder = await MonitorFolder.make({ url: broker.url, ca, certificate, key: keyFile });
  const enrolled = await lintel('monitor', 'enrol', 'hall/front', key, '--settings', folder.file);
  expect(enrolled).toMatchObject({ code: 0, out: expect.stringContaining('nothing was heard of it yet') });

  const connectAs = async (name: string) => {
    const tls = await tlsOf(await authority.camera(name));
    const client = await connectAsync(broker.url, { ...tls, protocolVersion: 5 });
    onTestFinished(() => client.endAsync(true));
    return client;
  };
  const looker = await connectAs('watch');
  const received = new Received();
  looker.on('message', (_topic, _payload, packet) => received.takePacket(packet));
  await looker.subscribeAsync('lintel-alarms/#', { qos: 1 });
  const camera = await connectAs('hall/front');
  await expect(camera.publishAsync(TOPIC, '{"alarms":[]}', { qos: 1 })).rejects.toThrow('Not authorized');
  const send = (topic: string, bytes: Uint8Array) =>
    camera.publishAsync(`lintel/v1/hall/front/${topic}`, Buffer.from(bytes), { qos: 1 });

  const first = folder.start();
  await first.said(/"connected"/);
  await send('status', signedStatus({ state: 'fault-sign' }));
  await send('report/window', signedExample());
  const isKept = async (store: ReportStore) =>
    (await store.latestReports(Math.floor(Date.now() / 1_000))).length > 0 &&
    (await store.doors())[0]!.status !== undefined;
  while (!(await folder.look(isKept))) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  first.kill('SIGTERM');
  expect(await first.ended).toBe(0);

  // A monitor looks at all doors as soon as it is there.
  const second = folder.start();
  const [packet] = await received.until(() => received.packets.length > 0 && received.packets);
  expect(packet!.topic).toBe(TOPIC);
  const told = JSON.parse(packet!.payload.toString());
  expect(told).toMatchObject({ site: 'hall', device: 'front' });
  // The example's noise is not what a release says.
  expect(told.alarms.map(({ kind }: { kind: string }) => kind)).toEqual(['budget', 'sign-fault']);
  await second.said(/alarm: its sign cannot be lit/);

  const listed = await lintel('monitor', 'doors', '--json', '--settings', folder.file);
  expect(JSON.parse(listed.out)).toMatchObject([{ site: 'hall', enrolledKey: key }]);
  expect(JSON.parse(listed.out)[0].troubles).toContain('sign-fault');
  const withdrawn = await lintel('monitor', 'withdraw', 'hall/front', '--settings', folder.file);
  expect(withdrawn.out).toContain('is not enrolled any more');
  second.kill('SIGTERM');
  expect(await second.ended).toBe(0);
});
