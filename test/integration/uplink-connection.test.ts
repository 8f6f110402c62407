import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { startBroker, startImpostor, startMuteBroker, startUplink, TestSpool } from './uplink-fixture.ts';

describe('how the uplink stays connected', () => {
  test('outlives a broker that answers with nonsense', async () => {
    const spool = new TestSpool();
    await spool.add(1);
    const impostor = await startImpostor((socket) =>
      socket.write(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')),
    );
    await startUplink(spool, impostor.port);
    for (let visit = 0; visit < 3; visit++) await once(impostor.server, 'connection');
    await impostor.stop();
    await startBroker(impostor.port);
    await spool.holds();
  });

  test('comes back when an idle connection is lost', async () => {
    const spool = new TestSpool();
    const { broker, server, port } = await startBroker();
    await startUplink(spool, port);
    const [client] = await once(broker, 'clientReady');
    const cameBack = once(server, 'connection');
    client.conn.destroy();
    await cameBack;
  });

  test('does not speak MQTT 3.1.1, in which no report can be refused, to a broker on another machine', async () => {
    const spool = new TestSpool();
    await spool.add(1);
    const { server, port } = await startBroker();
    const { lines } = await startUplink(spool, port, '::ffff:127.0.0.1');
    for (let visit = 0; visit < 3; visit++) await once(server, 'connection');
    await spool.holds('3600-window.report');
    expect(lines.join()).toContain('Unacceptable protocol version');
    expect(lines.join()).not.toContain('connected {"host"');
  });

  test('speaks it there when the settings allow it', async () => {
    const spool = new TestSpool();
    await spool.add(1);
    const { port, windows } = await startBroker();
    await startUplink(spool, port, '::ffff:127.0.0.1', { allowsOldMqtt: true });
    await spool.holds();
    expect(windows).toEqual([1]);
  });

  test('goes on with another node of the broker when one is gone', async () => {
    const spool = new TestSpool();
    await spool.add(1);
    const nodes = [await startBroker(), await startBroker()] as const;
    const [{ port }, other] = nodes;
    const otherNodes = [{ protocol: 'mqtt' as const, host: '127.0.0.1', port: other.port }];
    await startUplink(spool, port, '127.0.0.1', { otherNodes });
    await spool.holds();
    const [first, second] = nodes[0].windows.length > 0 ? nodes : nodes.toReversed();
    expect([first!.windows, second!.windows]).toEqual([[1], []]);
    await first!.stop();
    await spool.add(2);
    await spool.holds();
    expect(second!.windows).toEqual([2]);
  });

  test('speaks MQTT 3.1.1 to a broker on this machine that hangs up on MQTT 5 without a word', async () => {
    const spool = new TestSpool();
    await spool.add(1, 2);
    const { port, windows } = await startMuteBroker();
    await startUplink(spool, port);
    await spool.holds();
    expect(windows).toEqual([1, 2]);
  });

  test('ends when told to, with a broker that never says a word', async () => {
    const impostor = await startImpostor(() => {});
    const { stop } = await startUplink(new TestSpool(), impostor.port);
    await once(impostor.server, 'connection');
    await stop();
    await impostor.stop();
  });

  test('ends when told to, between two tries to connect', async () => {
    const impostor = await startImpostor(() => {});
    await impostor.stop();
    const { stop } = await startUplink(new TestSpool(), impostor.port);
    await stop();
  });

  test('ends when told to, with a broker that acknowledges nothing, and keeps the report', async () => {
    const spool = new TestSpool();
    await spool.add(1);
    const { broker, port } = await startBroker();
    const asked = new Promise<void>((resolve) => {
      broker.authorizePublish = () => resolve();
    });
    const { stop } = await startUplink(spool, port);
    await asked;
    await stop();
    await spool.holds('3600-window.report');
  });
});
