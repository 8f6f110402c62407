import { once } from 'node:events';
import { copyFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { connectAsync } from 'mqtt';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { Authority, type Certificate } from './uplink-authority.ts';
import { startImpostor, startUplink, TestSpool } from './uplink-fixture.ts';
import { Mosquitto } from './uplink-mosquitto.ts';
import { recordAll, tlsOf } from './uplink-received.ts';

let authority: Authority;
let spool: TestSpool;

beforeEach(async () => {
  authority = await Authority.make();
  spool = new TestSpool();
  await spool.add(1);
});

async function startBroker(own?: Certificate): Promise<Mosquitto> {
  const broker = await Mosquitto.asShipped(authority, own);
  await broker.start();
  return broker;
}

function startCamera({ port }: { port: number }, tls: Partial<Certificate>, host = 'localhost') {
  return startUplink(spool, port, host, { broker: { protocol: 'mqtts', host, port }, tls });
}

async function connectAs(name: string, broker: Mosquitto, clientId: string) {
  const tls = await tlsOf(await authority.camera(name));
  const client = await connectAsync(broker.url, { ...tls, clientId, protocolVersion: 5 });
  onTestFinished(() => client.endAsync(true));
  return client;
}

describe('with the certificates of docs/broker.md and the Mosquitto of deploy/broker', () => {
  test('a camera reports over TLS 1.3, and who may read, reads', async () => {
    const broker = await startBroker();
    const facilities = await recordAll(broker.url, await authority.camera('facilities'));
    await startCamera(broker, await authority.camera('hall/front'));
    expect(await facilities.all(1)).toEqual([1]);
    await spool.holds();
  });

  test("another camera's topic is refused, and the report is kept", async () => {
    const broker = await startBroker();
    const facilities = await recordAll(broker.url, await authority.camera('facilities'));
    const { said } = await startCamera(broker, await authority.camera('hall/back'));
    expect(await said('not delivered')).toContain(
      'lintel/v1/hall/front/report/window: Publish error: Not authorized',
    );
    await spool.holds('3600-window.report');
    expect(facilities.packets).toEqual([]);
  });

  test.each(['hall', 'hall/+', '#', 'hall/front/report', 'front', 'watch'])(
    "a certificate for '%s' does not let anybody write for hall/front",
    async (name) => {
      const broker = await startBroker();
      const client = await connectAs(name, broker, 'lintel:hall:front');
      for (const topic of ['report/window', 'report/day', 'status']) {
        await expect(client.publishAsync(`lintel/v1/hall/front/${topic}`, 'x', { qos: 1 })).rejects.toThrow(
          'Not authorized',
        );
      }
    },
  );

  test('a camera hears nothing, whatever it subscribes to', async () => {
    const broker = await startBroker();
    const facilities = await recordAll(broker.url, await authority.camera('facilities'));
    const spy = await connectAs('hall/back', broker, 'spy');
    const heard: string[] = [];
    spy.on('message', (topic) => heard.push(topic));
    await spy
      .subscribeAsync(['#', 'lintel/v1/#', 'lintel/v1/hall/front/#', '$SYS/#'], { qos: 1 })
      .catch(() => {});
    await startCamera(broker, await authority.camera('hall/front'));
    await facilities.all(1);
    // What the broker sent before it answers this came before the answer.
    await spy.publishAsync('lintel/v1/hall/back/status', 'x', { qos: 1 });
    await spy.unsubscribeAsync('#');
    expect(heard).toEqual([]);
  });

  test('nobody can push a camera out by its client identifier', async () => {
    const broker = await startBroker();
    const facilities = await recordAll(broker.url, await authority.camera('facilities'));
    const { lines } = await startCamera(broker, await authority.camera('hall/front'));
    await facilities.all(1);
    await connectAs('hall/back', broker, 'lintel:hall:front');
    await connectAs('hall/back', broker, 'hall/front');
    await spool.add(2);
    await facilities.all(2);
    expect(lines.filter((line) => line.startsWith('connected'))).toHaveLength(1);
  });

  test('TLS 1.2 is refused by the broker', async () => {
    const broker = await startBroker();
    const tls = await tlsOf(await authority.camera('hall/front'));
    const old = { ...tls, maxVersion: 'TLSv1.2', reconnectPeriod: 0 };
    await expect(connectAsync(broker.url, old)).rejects.toThrow(/protocol version/);
  });

  test('a renewed certificate is taken without a restart', async () => {
    const broker = await startBroker();
    const camera = await authority.camera('hall/front', 0);
    const { said } = await startCamera(broker, camera);
    await said("this camera's certificate has expired");
    const renewed = await authority.camera('hall/front');
    await copyFile(renewed.key, camera.key);
    await copyFile(renewed.certificate, camera.certificate);
    await spool.holds();
  });
});

describe('a broker that cannot be trusted is sent nothing', () => {
  beforeEach(() => {
    // Not even what switches it off for all of Node.
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    return () => {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    };
  });

  async function expectRefusal(
    broker: Mosquitto,
    tls: Partial<Certificate>,
    reason: string,
    host = 'localhost',
  ) {
    const { said, lines } = await startCamera(broker, tls, host);
    await said(reason);
    await spool.holds('3600-window.report');
    expect(lines.join()).not.toContain('connected {"host"');
  }

  test('its certificate has expired', async () => {
    const broker = await startBroker(await authority.broker('localhost', 0));
    await expectRefusal(
      broker,
      await authority.camera('hall/front'),
      "the broker's certificate has expired: renew",
    );
  });

  test('its certificate is for another name', async () => {
    const broker = await startBroker(await authority.broker('broker.example'));
    await expectRefusal(broker, await authority.camera('hall/front'), 'for another name: let broker.url');
  });

  test('its address is used in place of its name', async () => {
    const broker = await startBroker();
    await expectRefusal(broker, await authority.camera('hall/front'), 'for another name', '127.0.0.1');
  });

  test('its authority is another one, of the same name', async () => {
    const broker = await startBroker();
    const other = await (await Authority.make()).camera('hall/front');
    await expectRefusal(broker, other, 'not signed by the authority in broker.ca: put');
  });

  test('no authority is named, and its own is none that everybody knows', async () => {
    const broker = await startBroker();
    const { certificate, key } = await authority.camera('hall/front');
    await expectRefusal(broker, { certificate, key }, 'not signed by the authority in broker.ca: put');
  });

  test("it shows a camera's certificate", async () => {
    const broker = await startBroker(await authority.camera('localhost'));
    await expectRefusal(broker, await authority.camera('hall/front'), 'is not for a broker');
  });

  test('it takes no certificate for an answer, and this camera has none', async () => {
    const broker = await startBroker();
    await expectRefusal(broker, { ca: authority.ca }, 'the broker wants a certificate: give');
  });

  test("it does not know this camera's authority", async () => {
    const broker = await startBroker();
    const other = await (await Authority.make()).camera('hall/front');
    await expectRefusal(
      broker,
      { ...other, ca: authority.ca },
      "does not know the authority of this camera's",
    );
  });

  test('it speaks TLS 1.2 only', async () => {
    const { cert, key } = await tlsOf(await authority.broker());
    const server = createServer({ cert, key, maxVersion: 'TLSv1.2' }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { said } = await startCamera({ port }, await authority.camera('hall/front'));
    await said('the broker does not speak TLS 1.3, and nothing older is taken: renew');
  });

  test('it speaks no TLS at all', async () => {
    const impostor = await startImpostor((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    onTestFinished(impostor.stop);
    const { said } = await startCamera(impostor, await authority.camera('hall/front'));
    await said(
      "what answers on the broker's port does not speak TLS: let broker.url have the port that does",
    );
    await spool.holds('3600-window.report');
  });

  test('what stands in the files is not what it should be', async () => {
    const broker = await startBroker();
    const camera = await authority.camera('hall/front');
    const gone = join(authority.folder, 'gone.pem');
    await expectRefusal(broker, { ...camera, ca: gone }, `broker.ca: ${gone} is not there: put it there`);
    await expectRefusal(broker, { ...camera, certificate: camera.key }, 'is not a certificate in PEM form');
    await expectRefusal(broker, { ...camera, key: camera.certificate }, 'is not a private key in PEM form');
    const other = await authority.camera('hall/front');
    await expectRefusal(
      broker,
      { ...camera, key: other.key },
      'broker.key is not the key of broker.certificate',
    );
  });
});
