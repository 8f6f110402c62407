import { connect } from 'mqtt';
import { onTestFinished } from 'vitest';
import { type ReceivedReport, receiveReport } from '../../src/monitor/received-report.ts';
import { ReportSubscriber } from '../../src/monitor/report-subscriber.ts';
import { parseBrokerUrl } from '../../src/wire/broker-url.ts';

/** What a facilities team would see, in the order of its coming; `all` resolves when so many windows have come. */
export class Received {
  readonly windows: number[] = [];
  #wake = (): void => {};

  readonly take = ({ report }: ReceivedReport): void => {
    this.windows.push(report.windowStartSeconds / 3600);
    this.#wake();
  };

  async all(count: number): Promise<number[]> {
    while (new Set(this.windows).size < count) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.windows;
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
export async function recordAll(brokerUrl: string): Promise<Received> {
  const received = new Received();
  const client = connect(brokerUrl, {
    clientId: 'recorder',
    protocolVersion: 5,
    clean: false,
    properties: { sessionExpiryInterval: 3600 },
    reconnectPeriod: 100,
  });
  client.on('error', () => {}).on('message', (topic, bytes) => received.take(receiveReport(topic, bytes)));
  onTestFinished(() => client.endAsync(true));
  await client.subscribeAsync('lintel/#', { qos: 1 });
  return received;
}
