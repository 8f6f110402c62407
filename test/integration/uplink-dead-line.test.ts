import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { startImpostor, startUplink, TestSpool } from './uplink-fixture.ts';

/** A broker that greets every camera with this one property (MQTT 5, 3.2.2.3), and never says a word again. */
async function startSilentBroker(property: string) {
  const greeting = Buffer.from(`2006000003${property}`, 'hex');
  const silent = await startImpostor((socket, bytes) => {
    if (bytes[0] === 0x10) socket.write(greeting);
  });
  onTestFinished(silent.stop);
  return silent;
}

test('an idle connection on which the broker answers no ping is given up for a new one', async () => {
  // Server Keep Alive: a second.
  const silent = await startSilentBroker('130001');
  const { said } = await startUplink(new TestSpool(), silent.port);
  await once(silent.server, 'connection');
  const another = once(silent.server, 'connection');
  expect(await said('not connected')).toContain('Keepalive timeout');
  await another;
});

test('a broker that says that it has room for no message, which MQTT 5 forbids, is tried and given up', async () => {
  // Receive Maximum: 0.
  const silent = await startSilentBroker('210000');
  const spool = new TestSpool();
  await spool.add(1);
  const patience = { connectMs: 2_000, acknowledgeMs: 500 };
  const { said } = await startUplink(spool, silent.port, '127.0.0.1', { patience });
  expect(await said('not connected')).toContain('it has not acknowledged a message');
  await spool.holds('3600-window.report');
});
