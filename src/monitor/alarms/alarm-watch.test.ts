import { describe, expect, it } from 'vitest';
import { SimulatedClock } from '../../time/simulated-clock.ts';
import { exampleReport } from '../../wire/example-report.ts';
import { exampleSigner, signedStatus } from '../../wire/example-signer.ts';
import { exampleStatus } from '../../wire/example-status.ts';
import { fingerprint } from '../../wire/fingerprint.ts';
import { Ingest } from '../ingest.ts';
import { SqliteStore } from '../store/sqlite-store.ts';
import type { AlarmKind } from './alarm-kinds.ts';
import type { Alarm } from './alarm-store.ts';
import { AlarmWatch, CLAIM_SECONDS } from './alarm-watch.ts';

const front = { site: 'hall', device: 'front' };
const key = fingerprint(exampleSigner().publicKey);
const HOUR_MS = 3_600_000;

async function begin() {
  const store = SqliteStore.open(':memory:');
  await store.enrol(front, key);
  const clock = new SimulatedClock();
  const nowSeconds = () => Math.floor(clock.wallMs() / 1_000);
  const told: string[] = [];
  const tell = ({ device, kind, endedSeconds }: Alarm) =>
    told.push(`${device} ${kind}${endedSeconds === undefined ? '' : ' ended'}`);
  let since: number | undefined = nowSeconds();
  const options = { store, clock, expected: {}, quietSeconds: 300, tell };
  const make = () => new AlarmWatch({ ...options, listeningSinceSeconds: () => since });
  const watch = make();
  const hear = async (state: 'running' | 'fault-sign' = 'running', signedBy = key) => {
    const status = exampleStatus({ state, timeSeconds: nowSeconds() });
    await store.addStatuses([{ ...front, status, signedBy, heardSeconds: nowSeconds() }]);
  };
  /** What is told from now on until `ms` later, looked at every minute. */
  const pass = async (ms: number, by = watch) => {
    told.length = 0;
    for (let passed = 0; passed < ms; passed += 60_000) {
      await clock.advance(60_000);
      await by.look();
    }
    return [...told];
  };
  const listen = (isListening: boolean) => {
    since = isListening ? nowSeconds() : undefined;
  };
  await hear();
  const ingest = new Ingest(store, clock, { kept: () => {}, refused: () => {} });
  return { store, ingest, watch, make, hear, pass, listen, nowSeconds };
}

describe('an alarm', () => {
  it('is raised once, and ends once when what raised it has been gone for a while', async () => {
    const { hear, pass } = await begin();
    await hear('fault-sign');
    expect(await pass(10 * 60_000)).toEqual(['front sign-fault']);
    await hear();
    expect(await pass(5 * 60_000)).toEqual([]);
    expect(await pass(5 * 60_000)).toEqual(['front sign-fault ended']);
  });

  it('is one for a fault that comes and goes', async () => {
    const { hear, pass } = await begin();
    const told: string[] = [];
    for (let round = 0; round < 10; round++) {
      await hear(round % 2 === 0 ? 'fault-sign' : 'running');
      told.push(...(await pass(4 * 60_000)));
    }
    expect(told).toEqual(['front sign-fault']);
  });

  it('is one for several monitors, and for one that was started anew', async () => {
    const { hear, pass, make } = await begin();
    await hear('fault-sign');
    expect(await pass(60_000)).toEqual(['front sign-fault']);
    expect(await pass(60_000, make())).toEqual([]);
    await hear();
    const other = make();
    expect(await pass(7 * 60_000, other)).toEqual(['front sign-fault ended']);
    expect(await pass(7 * 60_000)).toEqual([]);
  });

  it('tells of a silence after two windows, and of none that is our own', async () => {
    const { hear, pass, listen } = await begin();
    expect(await pass(2 * HOUR_MS)).toEqual([]);
    listen(false);
    expect(await pass(5 * HOUR_MS)).toEqual([]);
    listen(true);
    expect(await pass(2 * HOUR_MS)).toEqual([]);
    expect(await pass(10 * 60_000)).toEqual(['front silent']);
    listen(false);
    expect(await pass(HOUR_MS)).toEqual([]);
    listen(true);
    await hear();
    expect(await pass(10 * 60_000)).toEqual(['front silent ended']);
  });

  it('of a silence lasts until the camera is heard, however often the monitor begins to listen anew', async () => {
    const { hear, pass, listen } = await begin();
    expect(await pass(2 * HOUR_MS + 10 * 60_000)).toEqual(['front silent']);
    for (let time = 0; time < 3; time++) {
      listen(false);
      expect(await pass(10 * 60_000)).toEqual([]);
      listen(true);
      expect(await pass(HOUR_MS)).toEqual([]);
    }
    await hear();
    expect(await pass(10 * 60_000)).toEqual(['front silent ended']);
  });

  it('ends after a quiet time of its own, whoever has ended the one before it', async () => {
    const { hear, pass, make } = await begin();
    const other = make();
    await hear('fault-sign');
    await pass(60_000);
    await hear();
    expect(await pass(4 * 60_000, other)).toEqual([]);
    expect(await pass(6 * 60_000)).toEqual(['front sign-fault ended']);
    await hear('fault-sign');
    expect(await pass(60_000)).toEqual(['front sign-fault']);
    await hear();
    expect(await pass(4 * 60_000, other)).toEqual([]);
  });

  it('is raised again, whatever the clock said when the one before it ended', async () => {
    const { store, hear, pass, nowSeconds } = await begin();
    await hear('fault-sign');
    await pass(60_000);
    await store.alarms.end(front, 'sign-fault', nowSeconds() + 10 * 365 * 86_400);
    expect(await pass(60_000)).toEqual(['front sign-fault']);
  });

  it('is raised by a claim of the enrolled key, and lasts a day longer than the claim', async () => {
    const { store, hear, pass, nowSeconds } = await begin();
    const claim = (kind: 'budget' | 'malformed', signedBy?: string) =>
      store.alarms.addClaims([{ ...front, kind, signedBy }], nowSeconds());
    await claim('budget', 'stranger');
    expect(await pass(60_000)).toEqual([]);
    await claim('budget', key);
    await claim('malformed');
    const raised: AlarmKind[] = ['budget', 'malformed'];
    expect(await pass(60_000)).toEqual(raised.map((kind) => `front ${kind}`));
    for (let hour = 0; hour < CLAIM_SECONDS / 3_600; hour++) {
      await hear();
      expect(await pass(HOUR_MS)).toEqual([]);
    }
    await hear();
    expect(await pass(10 * 60_000)).toEqual(raised.map((kind) => `front ${kind} ended`));
  });

  it('is raised when the evidence of the enrolled camera was cut short', async () => {
    const { ingest, pass, nowSeconds } = await begin();
    const tell = (size: number) => {
      const evidence = { size, root: new Uint8Array(32).fill(size) };
      return ingest.take(
        'lintel/v1/hall/front/status',
        signedStatus({ timeSeconds: nowSeconds(), evidence }),
      );
    };
    await tell(20);
    expect(await pass(HOUR_MS)).toEqual([]);
    await tell(19);
    expect(await pass(60_000)).toEqual(['front evidence']);
  });

  it('of a clock that was ahead ends when it is right again', async () => {
    const { store, hear, pass, nowSeconds } = await begin();
    const ahead = nowSeconds() + 365 * 86_400;
    const report = exampleReport({ windowStartSeconds: ahead - 3_600 });
    await store.addReports([{ ...front, signedBy: key, report }], nowSeconds());
    await store.addStatuses([
      { ...front, status: exampleStatus({ timeSeconds: ahead }), signedBy: key, heardSeconds: nowSeconds() },
    ]);
    expect(await pass(60_000)).toEqual(['front clock-wrong']);
    await hear();
    expect(await pass(10 * 60_000)).toEqual(['front clock-wrong ended']);
  });

  it('is about enrolled doors, and ends when one is withdrawn', async () => {
    const { store, hear, pass, nowSeconds } = await begin();
    const report = exampleReport({ windowStartSeconds: nowSeconds() });
    await store.addReports([{ ...front, signedBy: key, report }], 1);
    await hear('running', 'stranger');
    expect(await pass(60_000)).toEqual(['front other-key', 'front clock-wrong']);
    await store.enrol(front, undefined);
    expect(await pass(10 * 60_000)).toEqual(['front clock-wrong ended', 'front other-key ended']);
  });
});
