import { readFile } from 'node:fs/promises';
import { connectAsync } from 'mqtt';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { SystemClock } from '../../src/time/system-clock.ts';
import { chooseProfile, type ProfileName } from '../../src/uplink/choose-profile.ts';
import { signedExample, signedStatus } from '../../src/wire/example-signer.ts';
import { writePayload } from '../reference/sparkplug-standard.ts';
import { latestWindow } from './profile-rig.ts';
import { Authority } from './uplink-authority.ts';
import { address, startUplink, TestSpool } from './uplink-fixture.ts';
import { Mosquitto } from './uplink-mosquitto.ts';
import { Received, tlsOf } from './uplink-received.ts';

const ACL = new URL('../../deploy/broker/acl', import.meta.url);

const REBIRTH = Buffer.from(writePayload([{ name: 'Node Control/Rebirth', booleanValue: true }]));

let authority: Authority;
let broker: Mosquitto;

beforeEach(async () => {
  authority = await Authority.make();
  broker = await Mosquitto.asShipped(authority);
});

/** deploy/broker/acl with the lines of one more face, for the cameras hall/front and hall/back. */
async function startBroker(face: ProfileName): Promise<void> {
  const rules = await readFile(ACL, 'utf8');
  const [, lines = ''] = new RegExp(`"${face}"[^]*?:\\n((?:# .*\\n)+)`).exec(rules) ?? [];
  const isRule = /^# (?=(user|topic|pattern) )/;
  const own = lines.split('\n').filter((line) => isRule.test(line));
  const opened = own.map((line) => line.replace(isRule, '')).join('\n');
  const of = (device: string) =>
    opened.replaceAll('riverside-house', address.site).replaceAll('front-door', device);
  await broker.allow([rules, of('front'), of('back'), ''].join('\n'));
  await broker.start();
}

async function connectAs(name: string) {
  const tls = await tlsOf(await authority.camera(name));
  const client = await connectAsync(broker.url, { ...tls, protocolVersion: 5, reconnectPeriod: 0 });
  onTestFinished(() => client.endAsync(true));
  const received = new Received();
  client.on('message', (_topic, _payload, packet) => received.takePacket(packet));
  return { client, received };
}

async function startCamera(face: ProfileName, spool = new TestSpool()) {
  const clock = new SystemClock();
  const report = latestWindow();
  await spool.addFile(`${report.windowStartSeconds}-window.report`, signedExample(report));
  await spool.addFile('status', signedStatus());
  const { port } = broker;
  return startUplink(spool, port, 'localhost', {
    broker: { protocol: 'mqtts', host: 'localhost', port },
    tls: await authority.camera('hall/front'),
    profileFor: chooseProfile(face, { address, windowSeconds: 3600, version: '0.1.0' }, clock),
    clock,
  });
}

/** Nothing of hall/front can be written or heard by hall/back. */
async function expectClosedTo(topics: readonly string[], camera: Awaited<ReturnType<typeof startCamera>>) {
  const { client, received } = await connectAs('hall/back');
  await client.subscribeAsync(['#', ...topics], { qos: 1 }).catch(() => {});
  for (const topic of topics) {
    await expect(client.publishAsync(topic, 'x', { qos: 1 }), topic).rejects.toThrow('Not authorized');
  }
  await camera.stop();
  // What the broker sent before it answers this came before the answer.
  await client.unsubscribeAsync('#');
  expect(received.packets.map(({ topic }) => topic)).toEqual([]);
}

describe('deploy/broker/acl with its lines for', () => {
  test('sparkplug: a host hears a camera and asks for its births; another camera can do neither', async () => {
    await startBroker('sparkplug');
    const { client, received } = await connectAs('scada');
    const kinds = () => received.packets.map(({ topic }) => topic.split('/')[2]);
    await client.subscribeAsync('spBv1.0/#', { qos: 1 });
    const camera = await startCamera('sparkplug');
    await received.until(() => kinds().length >= 4);
    expect(kinds()).toEqual(['NBIRTH', 'DBIRTH', 'DDATA', 'DDATA']);
    await client.publishAsync('spBv1.0/hall/NCMD/front', REBIRTH, { qos: 1 });
    await received.until(() => kinds().length >= 7);
    const kindsOfNode = ['NBIRTH', 'NDEATH', 'NDATA', 'NCMD'].map((kind) => `spBv1.0/hall/${kind}/front`);
    const ofDevice = ['DBIRTH', 'DDEATH', 'DDATA', 'DCMD'].map(
      (kind) => `spBv1.0/hall/${kind}/front/doorway`,
    );
    await expectClosedTo([...kindsOfNode, ...ofDevice, 'spBv1.0/STATE/scada'], camera);
    // The camera's own, and the broker's for it.
    await received.until(() => kinds().length >= 10);
    expect(kinds().slice(4)).toEqual(['NCMD', 'NBIRTH', 'DBIRTH', 'DDEATH', 'NDEATH', 'NDEATH']);
  });

  test('home-assistant: it finds a camera and wakes it; another camera can do neither', async () => {
    await startBroker('home-assistant');
    const { client, received } = await connectAs('home-assistant');
    const topics = () => received.packets.map(({ topic }) => topic);
    await client.subscribeAsync(['homeassistant/#', 'lintel/v1/#'], { qos: 1 });
    const camera = await startCamera('home-assistant');
    const config = 'homeassistant/device/lintel__hall__front/config';
    const own = ['availability', 'json/state', 'json/window'].map((name) => `lintel/v1/hall/front/${name}`);
    await received.until(() => [config, ...own].every((topic) => topics().includes(topic)));
    await client.publishAsync('homeassistant/status', 'online', { qos: 1 });
    await received.until(() => topics().filter((topic) => topic === config).length === 2);
    await expectClosedTo([config, ...own, 'lintel/v1/hall/front/json/day', 'homeassistant/status'], camera);
  });

  test('home-assistant: a name like that of a site writes no status of a door', async () => {
    await startBroker('home-assistant');
    const { client } = await connectAs('hall');
    const writing = client.publishAsync('lintel/v1/hall/json/status', 'x', { qos: 1 });
    await expect(writing).rejects.toThrow('Not authorized');
  });
});

describe('a line that was forgotten', () => {
  test('for one kind of report: those are kept, and do not hold up the others', async () => {
    const rules = await readFile(ACL, 'utf8');
    await broker.allow(rules.replace('pattern write lintel/v1/%u/report/day', ''));
    await broker.start();
    const spool = new TestSpool();
    // More than are on their way at a time.
    const days = Array.from({ length: 20 }, (_, index) => index + 1);
    for (const day of days) await spool.addDay(day);
    const { tries } = await startCamera('native', spool);
    await spool.holds('status', ...days.map((day) => `${day * 86_400}-day.report`));
    await tries(1);
  });

  test('for a mirror: the report that it mirrors is delivered all the same', async () => {
    await broker.start();
    const spool = new TestSpool();
    const { said } = await startCamera('home-assistant', spool);
    await spool.holds('status');
    expect(await said('a mirror was not delivered')).toContain('/json/window');
  });
});
