import { availableParallelism, loadavg } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectAsync } from 'mqtt';
import { makeBacklog } from './backlog.ts';
import { Programs, processorSeconds } from './programs.ts';
import { verifyCost } from './stages.ts';

/** So many are on their way to the broker at once. */
const AT_ONCE = 1_000;
/** Enough to know what one signature takes. */
const SOME = 10_000;

/** The monitor was away, Mosquitto kept its reports, and it takes them all: what each costs the monitor's own process. */
export async function benchDelivered(sizes: readonly number[], hours: number): Promise<void> {
  console.log(`${hours} hours of reports wait at Mosquitto, load ${loadavg()[0]!.toFixed(1)}.`);
  console.log(
    'Processor time of each report, in microseconds: of the whole process of each program, from when half is in the store until all\n' +
      'is; and of Ed25519 alone, the mean of before and after.\n',
  );
  console.log(
    line(
      'cameras',
      'reports',
      'broker',
      'monitor',
      'its main thread',
      'Ed25519 alone',
      'of alone',
      'a second',
    ),
  );
  for (const cameras of sizes) console.log(line(...(await measure(cameras, hours))));
}

async function measure(cameras: number, hours: number): Promise<string[]> {
  const messages = makeBacklog(cameras, hours);
  const programs = await Programs.start(cameras);
  const { broker } = programs;
  const database = new DatabaseSync(programs.file, { readOnly: true });
  const count = database.prepare('SELECT count(*) AS kept FROM report');
  try {
    // From its first connection on, the broker keeps what comes for it.
    await programs.end(await programs.startMonitor());
    const sender = await connectAsync(programs.url, { protocolVersion: 5 });
    for (let at = 0; at < messages.length; at += AT_ONCE) {
      const some = messages.slice(at, at + AT_ONCE);
      await Promise.all(
        some.map(({ topic, bytes }) => sender.publishAsync(topic, Buffer.from(bytes), { qos: 1 })),
      );
    }
    await sender.endAsync();
    const alone = async () => (await verifyCost(messages.slice(0, SOME), availableParallelism())).allMicros;
    const aloneBefore = await alone();
    const monitor = await programs.startMonitor();
    const kept = async (least: number) => {
      for (let found = 0; ; await sleep(50)) {
        found = Number(count.get()!.kept);
        if (found >= least) return found;
      }
    };
    const times = async () => [
      await processorSeconds(broker),
      await processorSeconds(monitor),
      await processorSeconds(monitor, 'main'),
      performance.now() / 1_000,
    ];
    // Its threads have been started by then, and its code is warm.
    const already = await kept(messages.length / 2);
    const before = await times();
    const taken = (await kept(messages.length)) - already;
    const after = await times();
    const [ofBroker, ofMonitor, ofMain, wall] = after.map(
      (seconds, at) => (1e6 * (seconds - before[at]!)) / taken,
    );
    const aloneMicros = (aloneBefore + (await alone())) / 2;
    return [
      `${cameras}`,
      `${taken}`,
      ...[ofBroker!, ofMonitor!, ofMain!, aloneMicros].map((micros) => micros.toFixed(1)),
      (aloneMicros / ofMonitor!).toFixed(2),
      (1e6 / wall!).toFixed(0),
    ];
  } finally {
    database.close();
    await programs.endAll();
  }
}

function line(...cells: string[]): string {
  return cells.map((cell) => cell.padStart(16)).join('');
}
