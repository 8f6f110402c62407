// What the monitor carries: npm run bench:monitor -- ingest [cameras...] | connected [cameras...] | storage [hours]
// | connections [number...] | delivered [cameras...]
import { benchConnected } from './connected.ts';
import { benchConnections } from './connections.ts';
import { benchDelivered } from './delivered.ts';
import { benchIngest } from './ingest.ts';
import { benchStorage } from './storage.ts';

const [what = 'ingest', ...sizes] = process.argv.slice(2);
const numbers = sizes.map(Number);
/** `LINTEL_BENCH_HOURS=720` for a month. */
const hours = Number(process.env.LINTEL_BENCH_HOURS ?? 240);
if (what === 'ingest') await benchIngest(numbers.length > 0 ? numbers : [30, 100], hours);
else if (what === 'delivered') await benchDelivered(numbers.length > 0 ? numbers : [30, 100], hours);
else if (what === 'storage') await benchStorage(numbers[0] ?? 2_000);
else if (what === 'connections') await benchConnections(numbers.length > 0 ? numbers : [500, 1_000, 2_000]);
else await benchConnected(numbers.length > 0 ? numbers : [250, 500, 1_000, 2_000]);
