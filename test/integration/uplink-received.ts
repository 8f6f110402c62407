import { readFile } from 'node:fs/promises';
import { connect, type IPublishPacket } from 'mqtt';
import { onTestFinished } from 'vitest';
import { type ReceivedReport, receiveReport } from '../../src/monitor/received-report.ts';
import { ReportSubscriber } from '../../src/monitor/report-subscriber.ts';
import { parseBrokerUrl } from '../../src/wire/broker-url.ts';
import type { Certificate } from './uplink-authority.ts';

/** What a facilities team would see, in the order of its coming. */
export class Received {
  readonly windows: number[] = [];
  /** All that came, reports or not. */
  readonly packets: IPublishPacket[] = [];
  #wakes: (() => void)[] = [];

  readonly take = ({ report }: ReceivedReport): void => {
    this.windows.push(report.windowStartSeconds / 3600);
    this.#wakeAll();
  };

  readonly takePacket = (packet: IPublishPacket): void => {
    this.packets.push(packet);
    const { topic, payload } = packet;
    if (topic.includes('/report/')) this.take(receiveReport(topic, Buffer.from(payload)));
    else this.#wakeAll();
  };

  /** Resolves when so many windows have come. */
  async all(count: number): Promise<number[]> {
    return this.until(() => new Set(this.windows).size >= count && this.windows);
  }

  /** Resolves to what `find` finds, when it finds something. */
  async until<Found>(find: () => Found | undefined | false): Promise<Found> {
    for (;;) {
      const found = find();
      if (found) return found;
      await new Promise<void>((resolve) => this.#wakes.push(resolve));
    }
  }

  #wakeAll(): void {
    for (const wake of this.#wakes.splice(0)) wake();
  }
}

export async function subscribe(brokerUrl: string): Promise<Received> {
  const received = new Received();
  const ready = Promise.withResolvers<void>();
  const subscriber = new ReportSubscriber(parseBrokerUrl(brokerUrl), {
    report: received.take,
    subscribed: ready.resolve,
    trouble: () => {},
  });
  onTestFinished(() => subscriber.close());
  await ready.promise;
  return received;
}

/** Takes everything, repeats too, in a session that the broker keeps for it while either of them is away. */
export async function recordAll(brokerUrl: string, certificate?: Certificate): Promise<Received> {
  const received = new Received();
  const client = connect(brokerUrl, {
    clientId: 'recorder',
    protocolVersion: 5,
    clean: false,
    properties: { sessionExpiryInterval: 3600 },
    reconnectPeriod: 100,
    ...(certificate && (await tlsOf(certificate))),
  });
  client.on('error', () => {}).on('message', (_topic, _bytes, packet) => received.takePacket(packet));
  onTestFinished(() => client.endAsync(true));
  await client.subscribeAsync('lintel/#', { qos: 1 });
  return received;
}

/** As the `mqtt` library takes them. */
export async function tlsOf({ ca, certificate, key }: Certificate) {
  return { ca: await readFile(ca), cert: await readFile(certificate), key: await readFile(key) };
}
