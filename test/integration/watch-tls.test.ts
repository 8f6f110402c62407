import { copyFile, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { connectAsync } from 'mqtt';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { exampleSigner, signedExample, signedStatus } from '../../src/wire/example-signer.ts';
import { fingerprint } from '../../src/wire/fingerprint.ts';
import { LintelProgram } from './lintel-program.ts';
import { Authority, type Certificate } from './uplink-authority.ts';
import { reportOf } from './uplink-fixture.ts';
import { Mosquitto } from './uplink-mosquitto.ts';
import { tlsOf } from './uplink-received.ts';

const KEY = fingerprint(exampleSigner().publicKey);

let authority: Authority;
let broker: Mosquitto;

beforeEach(async () => {
  authority = await Authority.make();
  broker = await Mosquitto.asShipped(authority);
  await broker.start();
});

/** The command of docs/broker.md, at this broker, in the folder of the certificate that it is given. */
async function startWatch(own: Certificate, change: (command: string) => string = (command) => command) {
  const page = await readFile(new URL('../../docs/broker.md', import.meta.url), 'utf8');
  const [command] = /^npx lintel watch .*$/m.exec(page) ?? [];
  const changed = change(command!).replace('mqtts://broker.example', broker.url);
  const args = changed.split(' ').slice(2);
  return new LintelProgram([...args, '--json'], { cwd: dirname(own.certificate) });
}

async function noted(watching: LintelProgram, words: string): Promise<void> {
  while (!watching.err.includes(words)) {
    await Promise.race([
      new Promise((resolve) => watching.process.stderr.once('data', resolve)),
      watching.ended.then((code) => Promise.reject(new Error(`ended with ${code}: ${watching.err}`))),
    ]);
  }
}

async function connectAs(name: string) {
  const tls = await tlsOf(await authority.camera(name));
  const client = await connectAsync(broker.url, { ...tls, protocolVersion: 5 });
  onTestFinished(() => client.endAsync(true));
  const publish = (topic: string, bytes: Uint8Array, retain = false) =>
    client.publishAsync(`lintel/v1/hall/front/${topic}`, Buffer.from(bytes), { qos: 1, retain });
  return { client, publish };
}

describe('with the certificate and the command of docs/broker.md and the Mosquitto of deploy/broker', () => {
  test('whoever looks on sees a door and its report, and that its key signed it', async () => {
    const camera = await connectAs('hall/front');
    await camera.publish('status', signedStatus(), true);
    const watching = await startWatch(await authority.watch());
    await noted(watching, `hall/front is running: Lintel 0.1.0, key ${KEY}\n`);
    await noted(watching, 'connected');
    await camera.publish('report/window', signedExample(reportOf(14)));
    await watching.said(/\n/);
    expect(JSON.parse(watching.out)).toMatchObject({
      site: 'hall',
      device: 'front',
      signedBy: KEY,
      verified: true,
    });
    watching.kill('SIGINT');
    expect(await watching.ended).toBe(0);
  });

  test("a camera's certificate shows nothing of other doors", async () => {
    const front = await connectAs('hall/front');
    await front.publish('status', signedStatus(), true);
    const own = await authority.camera('hall/back');
    const watching = await startWatch(own, (command) => command.replaceAll('watch.', 'camera.'));
    await noted(watching, 'connected');
    const facilities = await connectAs('facilities');
    const arrived = new Promise((resolve) => facilities.client.once('message', resolve));
    await facilities.client.subscribeAsync('lintel/v1/+/+/report/window', { qos: 1 });
    await front.publish('report/window', signedExample(reportOf(14)));
    await arrived;
    watching.kill('SIGINT');
    await watching.ended;
    expect([watching.out, watching.err]).toEqual(['', 'connected: reports are shown as they arrive\n']);
  });

  test('a renewed certificate is taken without a restart', async () => {
    const own = await authority.camera('watch', 0);
    const watching = await startWatch(own, (command) => command.replaceAll('watch.', 'camera.'));
    await noted(watching, 'your certificate has expired: put a new one in --certificate');
    const renewed = await authority.camera('watch');
    await copyFile(renewed.key, own.key);
    await copyFile(renewed.certificate, own.certificate);
    await noted(watching, 'connected: ');
  });

  test.each([
    [
      'no certificate',
      / --certificate.*/,
      '',
      'the broker wants a certificate: give --certificate and --key-file',
    ],
    ['no authority', / --ca ca.pem/, '', 'not signed by the authority in --ca'],
    ['another name', /localhost/, '127.0.0.1', 'for another name: let --broker have the name'],
  ])('with %s it says which option to change', async (_what, from, to, words) => {
    const url = broker.url;
    const watching = await startWatch(await authority.watch(), (command) =>
      command.replace('mqtts://broker.example', url).replace(from, to),
    );
    await noted(watching, words);
    watching.kill('SIGINT');
    await watching.ended;
    expect(watching.err).not.toContain('connected: ');
  });
});
