import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ingest } from '../../../src/monitor/ingest.ts';
import { type ReceivedReport, receiveReportAsync } from '../../../src/monitor/received-report.ts';
import { SignatureThreads } from '../../../src/monitor/signatures/signature-threads.ts';
import { SqliteStore } from '../../../src/monitor/store/sqlite-store.ts';
import { SystemClock } from '../../../src/time/system-clock.ts';
import { parseReportTopic } from '../../../src/wire/report-topic.ts';
import { claimOf, type SignatureCheck } from '../../../src/wire/signature.ts';
import type { Message } from './backlog.ts';
import { VerifyAlone } from './verify-alone.ts';

/** Of one report, in microseconds: by the clock on the wall, and of processor time of all threads of this process and of the main one. */
export interface Cost {
  readonly wallMicros: number;
  readonly allMicros: number;
  readonly mainMicros: number;
}

/** As many as the inbox lets be on their way. */
const IN_FLIGHT = 1_000;
/** As the ingest keeps together where much comes. */
const BATCH = 500;
const believed: SignatureCheck = async () => true;

/** Ed25519 alone, on so many threads. */
export async function verifyCost(messages: readonly Message[], threads: number): Promise<Cost> {
  const claims = messages.map(({ topic, bytes }) => claimOf('Report', parseReportTopic(topic)!, bytes)!);
  const alone = await VerifyAlone.ready(claims, threads);
  try {
    return await measure(messages.length, () => alone.run());
  } finally {
    await alone.close();
  }
}

/** From the message to the file: of the second half of them. */
export async function ingestCost(messages: readonly Message[], withSignatures: boolean): Promise<Cost> {
  const signatures = new SignatureThreads();
  const check = withSignatures ? signatures.check : believed;
  try {
    return await withStore(async (store) => {
      const ingest = new Ingest(store, new SystemClock(), { kept: () => {}, refused: () => {} }, check);
      let next = 0;
      const takeTo = async (end: number) => {
        const one = async () => {
          while (next < end) {
            const { topic, bytes } = messages[next++]!;
            await ingest.take(topic, bytes);
          }
        };
        await Promise.all(Array.from({ length: IN_FLIGHT }, one));
      };
      // By then the threads are there and the code is warm, as in a monitor that works off a month.
      const half = Math.floor(messages.length / 2);
      await takeTo(half);
      return measure(messages.length - half, () => takeTo(messages.length));
    });
  } finally {
    await signatures.close();
  }
}

/** From the bytes to the report, without its signature. */
export async function decodeCost(messages: readonly Message[]): Promise<Cost> {
  return measure(messages.length, async () => {
    for (const { topic, bytes } of messages) await receiveReportAsync(topic, bytes, believed);
  });
}

/** From the report to the file. */
export async function keepCost(messages: readonly Message[]): Promise<Cost> {
  const reports: ReceivedReport[] = [];
  for (const { topic, bytes } of messages) reports.push(await receiveReportAsync(topic, bytes, believed));
  return withStore((store) =>
    measure(messages.length, async () => {
      for (let at = 0; at < reports.length; at += BATCH)
        await store.addReports(reports.slice(at, at + BATCH), 1);
    }),
  );
}

async function withStore(work: (store: SqliteStore) => Promise<Cost>): Promise<Cost> {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-bench-'));
  const store = SqliteStore.open(join(folder, 'reports.sqlite'));
  try {
    return await work(store);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

async function measure(items: number, work: () => Promise<unknown>): Promise<Cost> {
  const [began, all, main] = [performance.now(), process.cpuUsage(), process.threadCpuUsage()];
  await work();
  const sum = ({ user, system }: NodeJS.CpuUsage) => (user + system) / items;
  return {
    wallMicros: (1_000 * (performance.now() - began)) / items,
    allMicros: sum(process.cpuUsage(all)),
    mainMicros: sum(process.threadCpuUsage(main)),
  };
}
