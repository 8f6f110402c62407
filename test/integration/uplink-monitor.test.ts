import type { Aedes } from 'aedes';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type WatchOptions, watch } from '../../src/monitor/watch.ts';
import { exampleSigner, signedExample, signedStatus } from '../../src/wire/example-signer.ts';
import { fingerprint } from '../../src/wire/fingerprint.ts';
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

function publish(broker: Aedes, topic: string, bytes: Uint8Array, retain = false): Promise<void> {
  const payload = Buffer.from(bytes);
  return new Promise((done) => {
    broker.publish({ cmd: 'publish', qos: 1, dup: false, retain, topic, payload }, () => done());
  });
}

async function startWatch(port: number, more: Partial<WatchOptions> = {}) {
  const printed = new Lines();
  const notes = new Lines();
  const ending = new AbortController();
  const options = {
    brokerUrl: `mqtt://127.0.0.1:${port}`,
    timeZone: 'UTC',
    json: false,
    print: printed.add,
    note: notes.add,
    ...more,
  };
  const watching = watch(options, ending.signal);
  onTestFinished(async () => {
    ending.abort();
    await watching;
  });
  return { printed, notes };
}

const WINDOW = 'lintel/v1/hall/front/report/window';
const STATUS = 'lintel/v1/hall/front/status';
const KEY = fingerprint(exampleSigner().publicKey);
/** Of somebody who is not that door, but signs as if. */
const OTHER = exampleSigner('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb');
const OTHER_KEY = fingerprint(OTHER.publicKey);

describe('watching whose reports they are', () => {
  test("trusts the key that the door's retained status names, and says of every other key that it is another", async () => {
    const { broker, port } = await startBroker();
    await publish(broker, STATUS, signedStatus(), true);
    const { printed, notes } = await startWatch(port);
    const noted = [await notes.line(), await notes.line()];
    expect(noted.find((line) => line.startsWith('hall'))).toBe(
      `hall/front is running: Lintel 0.1.0, key ${KEY}`,
    );
    await publish(broker, WINDOW, signedExample(reportOf(14), OTHER));
    await publish(broker, WINDOW, signedExample(reportOf(14)));
    expect(await printed.line()).toMatch(new RegExp(`  SIGNED BY ANOTHER KEY, ${OTHER_KEY}$`));
    expect(await printed.line()).toMatch(/coverage 100 %$/);

    await publish(broker, STATUS, signedStatus({ timeSeconds: 1_800_000_000 }));
    await publish(broker, STATUS, signedStatus({}, OTHER));
    await publish(broker, STATUS, signedStatus({ state: 'lost' }));
    expect(await notes.line()).toContain(`${OTHER_KEY}, which is ANOTHER KEY`);
    expect(await notes.line()).toBe(`hall/front is not connected any more: Lintel 0.1.0, key ${KEY}`);
    await publish(broker, WINDOW, signedExample(reportOf(15), OTHER));
    expect(await printed.line()).toContain('SIGNED BY ANOTHER KEY');
  });

  test('trusts only the keys that it was given, whatever a status says', async () => {
    const { broker, port } = await startBroker();
    const { printed, notes } = await startWatch(port, { json: true, keys: [OTHER_KEY] });
    expect(await notes.line()).toContain('connected');
    await publish(broker, STATUS, signedStatus());
    expect(await notes.line()).toContain('which is ANOTHER KEY');
    await publish(broker, WINDOW, signedExample(reportOf(14)));
    await publish(broker, WINDOW, signedExample(reportOf(14), OTHER));
    expect(JSON.parse(await printed.line())).toMatchObject({ signedBy: KEY, verified: false });
    expect(JSON.parse(await printed.line())).toMatchObject({ signedBy: OTHER_KEY, verified: true });
  });

  test('shows no report whose signature is not good', async () => {
    const { broker, port } = await startBroker();
    const { printed, notes } = await startWatch(port);
    expect(await notes.line()).toContain('connected');
    await publish(broker, 'lintel/v1/hall/back/report/window', signedExample(reportOf(14)));
    await publish(broker, 'lintel/v1/hall/back/status', signedStatus());
    expect(await notes.line()).toContain('hall/back/report/window: this report is not to be trusted');
    expect(await notes.line()).toContain('hall/back/status: this status is not to be trusted');
    await publish(broker, WINDOW, signedExample(reportOf(15)));
    expect(await printed.line()).toMatch(/^15:00/);
  });
});

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
    expect(await printed.line()).toBe(
      `14:00–15:00 hall/front  in 23 ± 4  out fewer than 10  coverage 100 %  signed by ${KEY}, not known`,
    );
    expect(await printed.line()).toMatch(/^15:00–16:00/);
    expect(await notes.line()).toContain('lintel/v1/hall/front/report/window: this is not a report');
    expect(await notes.line()).toContain("this is a report of level 'window' on the topic of another");
    expect(await notes.line()).toBe(
      'lintel/v1/?[2J/front/report/day: this is not a report: its topic is not one of reports',
    );
  });

  test('says once that the broker is gone, each time, and goes on when it is back', async () => {
    const first = await startBroker();
    const { printed, notes } = await startWatch(first.port, { json: true });
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
