import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FleetCamera } from '../../../firmware/fleet/fleet-camera.ts';
import { Ingest } from '../../../src/monitor/ingest.ts';
import { SqliteStore } from '../../../src/monitor/store/sqlite-store.ts';
import { SystemClock } from '../../../src/time/system-clock.ts';
import { reportTopic } from '../../../src/wire/report-topic.ts';
import { receiveReportUnchecked } from './receive-unchecked.ts';

/** Of one report, in microseconds: by the clock on the wall, and of processor time in all and on the main thread. */
export interface Cost {
  readonly wallMicros: number;
  readonly allMicros: number;
  readonly mainMicros: number;
}

export interface Message {
  readonly topic: string;
  readonly bytes: Uint8Array;
}

const HOUR = 3_600;
const DAYS = 30;
/** As many as the inbox lets be on their way. */
const IN_FLIGHT = 1_000;

/** What a broker holds of a month of so many cameras, hour by hour. */
export function makeBacklog(cameras: number, hours = DAYS * 24): Message[] {
  const fleet = Array.from({ length: cameras }, (_, number) => new FleetCamera(1, number, false));
  const start = Date.UTC(2026, 0, 1) / 1_000;
  const messages: Message[] = [];
  for (let hour = 0; hour < hours; hour++) {
    for (const camera of fleet) {
      const topic = reportTopic(camera.address, 'window');
      messages.push({ topic, bytes: camera.report(start + hour * HOUR, HOUR) });
    }
  }
  return messages;
}

/** From the message to the file. */
export async function ingestCost(messages: readonly Message[], withSignatures: boolean): Promise<Cost> {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-bench-'));
  const store = SqliteStore.open(join(folder, 'reports.sqlite'));
  try {
    const events = { kept: () => {}, refused: () => {} };
    const clock = new SystemClock();
    const ingest = withSignatures
      ? new Ingest(store, clock, events)
      : new Ingest(store, clock, events, receiveReportUnchecked);
    return await measure(messages, ({ topic, bytes }) => ingest.take(topic, bytes));
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

/** Of Ed25519 alone, on as many threads as the library has. */
export async function verifyCost(messages: readonly Message[]): Promise<Cost> {
  const keys = new Map<string, ReturnType<typeof createPublicKey>>();
  const prepared = messages.map(({ topic, bytes }) => {
    const x = Buffer.from(bytes.subarray(-98, -66)).toString('base64url');
    const key = keys.get(x) ?? createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    keys.set(x, key);
    const [, , site, device] = topic.split('/');
    const text = Buffer.concat([
      Buffer.from(`lintel.v1.Report\0${site}/${device}\0`),
      bytes.subarray(0, -66),
    ]);
    return { key, text, signature: bytes.subarray(-64) };
  });
  return measure(
    prepared,
    ({ key, text, signature }) =>
      new Promise<void>((resolve, reject) =>
        verify(null, text, key, signature, (error, isGood) =>
          isGood ? resolve() : reject(error ?? new Error('a good signature was not taken')),
        ),
      ),
  );
}

async function measure<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<Cost> {
  const [began, all, main] = [performance.now(), process.cpuUsage(), process.threadCpuUsage()];
  let next = 0;
  const one = async () => {
    while (next < items.length) await work(items[next++]!);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, one));
  const sum = ({ user, system }: NodeJS.CpuUsage) => (user + system) / items.length;
  return {
    wallMicros: (1_000 * (performance.now() - began)) / items.length,
    allMicros: sum(process.cpuUsage(all)),
    mainMicros: sum(process.threadCpuUsage(main)),
  };
}
