import { availableParallelism, loadavg } from 'node:os';
import { type Cost, ingestCost, makeBacklog, verifyCost } from './backlog.ts';

/** In turn, and of each the best: other work on the machine only makes it slower. */
const ROUNDS = 3;
const CORES = availableParallelism();

/** How fast a month's backlog of so many cameras is taken in, with signatures and without, beside Ed25519 alone. */
export async function benchIngest(sizes: readonly number[], hours: number): Promise<void> {
  console.log(
    `${hours} hours of reports, ${CORES} cores, load ${loadavg()[0]!.toFixed(1)}; the best of ${ROUNDS} rounds in turn. Reports a second by the wall clock, and\n` +
      'what the processor time allows: that of the main thread on one core, and all of it on every core.\n',
  );
  console.log(
    line(
      'cameras',
      'reports',
      'without',
      'allowed',
      'with',
      'allowed',
      'verify alone',
      'allowed',
      'with/alone',
    ),
  );
  for (const cameras of sizes) {
    const messages = makeBacklog(cameras, hours);
    const [off, alone, on] = [new Best(), new Best(), new Best()];
    for (let round = 0; round < ROUNDS; round++) {
      off.add(await ingestCost(messages, false));
      alone.add(await verifyCost(messages));
      on.add(await ingestCost(messages, true));
    }
    const cells = [off, on, alone].flatMap(({ rate, allowed }) => [rate.toFixed(0), allowed.toFixed(0)]);
    console.log(line(`${cameras}`, `${messages.length}`, ...cells, (on.allowed / alone.allowed).toFixed(2)));
  }
}

class Best {
  rate = 0;
  allowed = 0;

  add({ wallMicros, allMicros, mainMicros }: Cost): void {
    this.rate = Math.max(this.rate, 1e6 / wallMicros);
    this.allowed = Math.max(this.allowed, 1e6 / Math.max(mainMicros, allMicros / CORES));
  }
}

function line(...cells: string[]): string {
  return cells.map((cell) => cell.padStart(14)).join('');
}
