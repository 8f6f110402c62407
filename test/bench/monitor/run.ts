// What the monitor carries: npm run bench:monitor -- ingest [cameras...] | connected [cameras...]
import { benchConnected } from './connected.ts';
import { benchIngest } from './ingest.ts';

const [what = 'ingest', ...sizes] = process.argv.slice(2);
const numbers = sizes.map(Number);
/** `LINTEL_BENCH_HOURS=720` for a month. */
const hours = Number(process.env.LINTEL_BENCH_HOURS ?? 240);
if (what === 'ingest') await benchIngest(numbers.length > 0 ? numbers : [10, 30, 100], hours);
else await benchConnected(numbers.length > 0 ? numbers : [250, 500, 1_000, 2_000]);
