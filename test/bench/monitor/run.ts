import { parseArgs } from 'node:util';
import { benchConnected } from './connected.ts';
import { benchConnections } from './connections.ts';
import { benchDelivered } from './delivered.ts';
import { benchIngest } from './ingest.ts';
import { benchStorage } from './storage.ts';

const HELP = `usage: npm run bench:monitor -- [what] [cameras...] [--hours N]

Prints what the monitor carries, as a table of growth with the number of cameras.

  ingest       stored reports of a backlog, with signatures and without, beside Ed25519 alone (the default; 30 and 100)
  delivered    the same through a real Mosquitto (30 and 100)
  connected    cameras that report every minute (250, 500, 1000 and 2000)
  connections  cameras that connect at once (500, 1000 and 2000)
  storage      what reports of 200 cameras take in each store, and how fast each takes them

  --hours N    hours of reports of each camera, for ingest, delivered and storage (default 240; a month has 720)
  --help       print this`;

const BENCHES: Record<string, (cameras: number[], hours: number) => Promise<void>> = {
  ingest: (cameras, hours) => benchIngest(orElse(cameras, 30, 100), hours),
  delivered: (cameras, hours) => benchDelivered(orElse(cameras, 30, 100), hours),
  connected: (cameras) => benchConnected(orElse(cameras, 250, 500, 1_000, 2_000)),
  connections: (cameras) => benchConnections(orElse(cameras, 500, 1_000, 2_000)),
  storage: (_, hours) => benchStorage(hours),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { hours: { type: 'string', default: '240' }, help: { type: 'boolean', default: false } },
});
const [what = 'ingest', ...sizes] = positionals;
const bench = BENCHES[what];
const numbers = [values.hours, ...sizes].map(Number);
const areSizes = numbers.every((number) => Number.isInteger(number) && number > 0);
if (values.help) {
  console.log(HELP);
} else if (!bench || !areSizes) {
  console.error(HELP);
  process.exitCode = 2;
} else {
  const [hours, ...cameras] = numbers;
  await bench(cameras, hours!);
}

function orElse(cameras: number[], ...usual: number[]): number[] {
  return cameras.length > 0 ? cameras : usual;
}
