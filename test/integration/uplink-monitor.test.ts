import type { Aedes } from 'aedes';
import { describe, expect, onTestFinished, test } from 'vitest';
import { watch } from '../../src/monitor/watch.ts';
import { signedExample } from '../../src/wire/example-signer.ts';
import { reportOf, startBroker } from './uplink-fixture.ts';

/** Lines as they come; `line` resolves to the next one. */
class Lines {
  readonly #lines: string[] = [];
  #wake = (): void => {};

  readonly add = (line: string): void => {
    this.#lines.push(line);
    this.#wake();
  };

  async line(): Promise<string> {
    while (this.#lines.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#lines.shift()!;
  }
}

function publish(broker: Aedes, topic: string, bytes: Uint8Array): Promise<void> {
  const payload = Buffer.from(bytes);
  return new Promise((done) => {
    broker.publish({ cmd: 'publish', qos: 1, dup: false, retain: false, topic, payload }, () => done());
  });
}

async function startWatch(port: number, json = false) {
  const printed = new Lines();
  const notes = new Lines();
  const ending = new AbortController();
  const options = {
    brokerUrl: `mqtt://127.0.0.1:${port}`,
    timeZone: 'UTC',
    json,
    print: printed.add,
    note: notes.add,
  };
  const watching = watch(options, ending.signal);
  onTestFinished(async () => {
    ending.abort();
    await watching;
  });
  return { printed, notes };
}

describe('watching what a facilities team receives', () => {
  test('prints each report once, and says what is none', async () => {
    const { broker, port } = await startBroker();
    const { printed, notes } = await startWatch(port);
    expect(await notes.line()).toContain('connected');
    const topic = 'lintel/v1/hall/front/report/window';
    await publish(broker, topic, signedExample(reportOf(14)));
    await publish(broker, topic, signedExample(reportOf(14)));
    await publish(broker, topic, Buffer.from('nonsense'));
    await publish(broker, 'lintel/v1/hall/front/report/day', signedExample(reportOf(14)));
    await publish(broker, 'lintel/v1/\x1b[2J/front/report/day', signedExample(reportOf(14)));
    await publish(broker, topic, signedExample(reportOf(15)));
    expect(await printed.line()).toBe('14:00–15:00 hall/front  in 23 ± 4  out fewer than 10  coverage 100 %');
    expect(await printed.line()).toMatch(/^15:00–16:00/);
    expect(await notes.line()).toContain('lintel/v1/hall/front/report/window: this is not a report');
    expect(await notes.line()).toContain("this is a report of level 'window' on the topic of another");
    expect(await notes.line()).toBe(
      'lintel/v1/?[2J/front/report/day: this is not a report: its topic is not one of reports',
    );
  });

  test('says once that the broker is gone, each time, and goes on when it is back', async () => {
    const first = await startBroker();
    const { printed, notes } = await startWatch(first.port, true);
    expect(await notes.line()).toContain('connected');
    await first.stop();
    expect(await notes.line()).toContain('not connected, trying again');

    const second = await startBroker(first.port);
    expect(await notes.line()).toBe('connected: reports are shown as they arrive');
    await publish(second.broker, 'lintel/v1/hall/front/report/window', signedExample(reportOf(1)));
    expect(JSON.parse(await printed.line())).toMatchObject({
      site: 'hall',
      in: { status: 'published', value: 23 },
    });
    await second.stop();
    expect(await notes.line()).toContain('not connected, trying again');
  });
});
