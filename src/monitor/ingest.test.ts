import { describe, expect, it } from 'vitest';
import { SimulatedClock } from '../time/simulated-clock.ts';
import { exampleReport } from '../wire/example-report.ts';
import { exampleSigner, signedExample, signedStatus } from '../wire/example-signer.ts';
import { fingerprint } from '../wire/fingerprint.ts';
import type { SignatureCheck } from '../wire/signature.ts';
import { STATUS_BYTES } from '../wire/status-codec.ts';
import { Ingest, type IngestEvents } from './ingest.ts';
import type { ReceivedReport } from './received-report.ts';
import { SqliteStore } from './store/sqlite-store.ts';

const door = { site: 'hall', device: 'front' };
const key = fingerprint(exampleSigner().publicKey);
const topic = 'lintel/v1/hall/front/report/window';
const all = { level: 'window', fromSeconds: 0, toSeconds: 2 ** 32 } as const;
const start = exampleReport().windowStartSeconds;

function begin(check?: SignatureCheck) {
  const store = SqliteStore.open(':memory:');
  const refused: string[] = [];
  const kept: ReceivedReport[] = [];
  const events: IngestEvents = {
    kept: (reports) => kept.push(...reports),
    refused: (_, { code }) => refused.push(code),
  };
  const ingest = new Ingest(store, new SimulatedClock(), events, check);
  return { store, ingest, refused, kept };
}

describe('what the broker brings', () => {
  it('is in the store when it may be acknowledged', async () => {
    const { store, ingest, kept } = begin();
    await store.enrol(door, key);
    await ingest.take(topic, signedExample());
    expect(await store.reportsOf(door, all)).toEqual([exampleReport()]);
    expect(kept).toEqual([{ ...door, report: exampleReport(), signedBy: key }]);
    await ingest.take('lintel/v1/hall/front/status', signedStatus());
    expect((await store.doors())[0]!.status!.signedBy).toBe(key);
  });

  it('is kept in many pieces side by side, each once', async () => {
    const { store, ingest } = begin();
    await store.enrol(door, key);
    const messages = Array.from({ length: 2_500 }, (_, hour) =>
      signedExample({ windowStartSeconds: start + 3600 * (hour % 2_000) }),
    );
    await Promise.all(messages.map((bytes) => ingest.take(topic, bytes)));
    expect((await store.reportsOf(door, all)).length).toBe(2_000);
  });

  it('is kept when no more is being checked than was found good, together with that', async () => {
    const checking: ((isGood: boolean) => void)[] = [];
    const { store, ingest, kept, refused } = begin(() => new Promise((tell) => checking.push(tell)));
    const commits: number[] = [];
    const add = store.addReports.bind(store);
    store.addReports = (reports, ...rest) => {
      commits.push(reports.length);
      return add(reports, ...rest);
    };
    const messages = Array.from({ length: 9 }, (_, hour) =>
      signedExample({ windowStartSeconds: start + 3600 * hour }),
    );
    const taking = messages.map((bytes) => ingest.take(topic, bytes));
    const told = async (areGood: readonly boolean[]) => {
      for (const isGood of areGood) checking.shift()!(isGood);
      // Longer than it takes to keep what is due.
      for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    };
    await told([true, true, true, true]);
    expect(kept.length).toBe(0);
    await told([true]);
    expect(commits).toEqual([5]);
    await told([true]);
    expect(commits).toEqual([5]);
    // What is refused is not waited for any more.
    await told([false, false]);
    expect(commits).toEqual([5, 1]);
    await told([true]);
    await Promise.all(taking);
    expect(commits).toEqual([5, 1, 1]);
    expect(refused).toEqual(['SIGNATURE_BAD', 'SIGNATURE_BAD']);
  });

  it('leaves the status of a door that came last, whichever was checked first, and none waits for one that is bad', async () => {
    const checking: ((isGood: boolean) => void)[] = [];
    const { store, ingest, refused } = begin(() => new Promise((tell) => checking.push(tell)));
    const taking = (['lost', 'lost', 'running'] as const).map((state) =>
      ingest.take('lintel/v1/hall/front/status', signedStatus({ state })),
    );
    for (const [at, isGood] of [
      [2, true],
      [1, false],
      [0, true],
    ] as const) {
      checking[at]!(isGood);
      for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(taking);
    expect((await store.doors())[0]!.status!.state).toBe('running');
    expect(refused).toEqual(['SIGNATURE_BAD']);
  });

  it('is not acknowledged when its signature could not be checked, and what else was found good is kept', async () => {
    const fails = { isDown: true };
    const { store, ingest, kept, refused } = begin(async () => {
      if (fails.isDown) throw new Error('the thread died');
      return true;
    });
    await store.enrol(door, key);
    const broken = ingest.take(topic, signedExample());
    await expect(broken).rejects.toThrow('the thread died');
    fails.isDown = false;
    await ingest.take(topic, signedExample());
    expect(kept.length).toBe(1);
    expect(refused).toEqual([]);
    expect((await store.alarms.claims(0)).map(({ kind }) => kind)).not.toContain('forged');
  });

  it('is refused, and need not come again, when it is broken, moved to another door, or no message of ours', async () => {
    const { store, ingest, refused } = begin();
    const bytes = signedExample();
    await ingest.take(
      topic,
      bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte)),
    );
    await ingest.take('lintel/v1/hall/back/report/window', bytes);
    await ingest.take(topic, bytes.subarray(1));
    await ingest.take('lintel/v1/hall/front/status', bytes);
    await ingest.take('another/topic', bytes);
    expect(refused).toEqual([
      'SIGNATURE_BAD',
      'SIGNATURE_BAD',
      'REPORT_MALFORMED',
      'STATUS_MALFORMED',
      'REPORT_MALFORMED',
    ]);
    expect(await store.doors()).toEqual([]);
  });

  it('is remembered as a claim when no true camera could have sent it', async () => {
    const { store, ingest } = begin();
    await store.enrol(door, key);
    await ingest.take(topic, signedExample({ noiseDeviationThousandths: 2_799 }));
    expect(await store.alarms.claims(0)).toEqual([]);
    const bytes = signedExample({ windowSeconds: 4_000, noiseDeviationThousandths: 2_799 });
    await ingest.take(topic, bytes);
    await ingest.take(
      topic,
      signedExample({ windowStartSeconds: start + 3600, noiseDeviationThousandths: 1 }),
    );
    await ingest.take(topic, bytes.subarray(1));
    await ingest.take('lintel/v1/hall/front/status', signedStatus().fill(0, STATUS_BYTES - 64));
    expect((await store.alarms.claims(0)).map(({ kind, signedBy }) => [kind, signedBy])).toEqual([
      ['budget', key],
      ['contradiction', key],
      ['forged', undefined],
      ['impossible', key],
      ['malformed', undefined],
    ]);
  });

  it('is remembered as a claim when its evidence is not what it was', async () => {
    const { store, ingest } = begin();
    await store.enrol(door, key);
    const [sooner, later] = [1_000_000, 1_003_600];
    const tell = (timeSeconds: number, size: number) =>
      ingest.take(
        'lintel/v1/hall/front/status',
        signedStatus({ timeSeconds, evidence: { size, root: new Uint8Array(32).fill(size) } }),
      );
    await tell(sooner, 4);
    expect(await store.alarms.claims(0)).toEqual([]);
    await tell(later, 3);
    expect(await store.alarms.claims(0)).toEqual([{ ...door, kind: 'evidence', signedBy: key }]);
  });

  it('does not tell that a camera is there, when the broker had kept it', async () => {
    const { store, ingest } = begin();
    await store.enrol(door, key);
    const nowSeconds = new SimulatedClock().wallMs() / 1_000;
    const status = signedStatus({ timeSeconds: nowSeconds - 7_000 });
    await ingest.take('lintel/v1/hall/front/status', status, true);
    expect((await store.doors())[0]!.heardSeconds).toBe(nowSeconds - 7_000);
    await ingest.take('lintel/v1/hall/front/status', status);
    expect((await store.doors())[0]!.heardSeconds).toBe(nowSeconds);
  });

  it('is not acknowledged when the store does not take it, and is taken when it comes again', async () => {
    const { store, ingest, refused } = begin();
    await store.enrol(door, key);
    const add = store.addReports.bind(store);
    let isFull = true;
    store.addReports = async (...given) => {
      if (isFull) throw new Error('disk full');
      return add(...given);
    };
    await expect(ingest.take(topic, signedExample())).rejects.toThrow('disk full');
    isFull = false;
    await ingest.take(topic, signedExample());
    expect((await store.reportsOf(door, all)).length).toBe(1);
    expect(refused).toEqual([]);
  });
});
