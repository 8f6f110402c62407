import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Aedes } from 'aedes';
import { expect, it, onTestFinished } from 'vitest';
import { TlsIdentity } from '../../broker/tls-identity.ts';
import { SimulatedClock } from '../../time/simulated-clock.ts';
import { Inbox } from './inbox.ts';

it('knows how long it has been listening, also when the wall clock is set meanwhile', async () => {
  const aedes = await Aedes.createBroker();
  const server = createServer(aedes.handle).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const clock = new SimulatedClock();
  const { promise: connected, resolve } = Promise.withResolvers<void>();
  const inbox = new Inbox(
    {
      broker: { protocol: 'mqtt', host: '127.0.0.1', port },
      tls: new TlsIdentity({}),
      clientId: 'monitor',
      keepSeconds: 60,
      clock,
      take: async () => {},
    },
    { connected: () => resolve(), lost: () => {} },
  );
  const ending = new AbortController();
  const running = inbox.run(ending.signal);
  await connected;
  for (const years of [3, -3]) {
    clock.stepWall(years * 365 * 86_400_000);
    await clock.advance(60_000);
  }
  expect(inbox.listeningSinceSeconds).toBe(clock.wallMs() / 1_000 - 120);
  clock.stepWall(86_400_000);
  expect(inbox.listeningSinceSeconds).toBe(clock.wallMs() / 1_000 - 120);
  ending.abort();
  await running;
  expect(inbox.listeningSinceSeconds).toBeUndefined();
});
