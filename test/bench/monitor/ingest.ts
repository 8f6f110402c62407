import { availableParallelism, loadavg } from 'node:os';
import { type Message, makeBacklog } from './backlog.ts';
import { type Cost, decodeCost, ingestCost, keepCost, verifyCost } from './stages.ts';

/** In turn, and of each the best: other work on the machine only makes it slower. */
const ROUNDS = 3;
const CORES = availableParallelism();

const STAGES: readonly (readonly [string, (messages: readonly Message[]) => Promise<Cost>])[] = [
  ['Ed25519 alone', (messages) => verifyCost(messages, CORES)],
  ['with signatures', (messages) => ingestCost(messages, true)],
  ['without', (messages) => ingestCost(messages, false)],
  ['of that: decode', decodeCost],
  ['of that: keep', keepCost],
];

/** How fast a backlog of so many cameras is taken in, with signatures and without, beside Ed25519 alone. */
export async function benchIngest(sizes: readonly number[], hours: number): Promise<void> {
  console.log(
    `${hours} hours of reports, ${CORES} cores, load ${loadavg()[0]!.toFixed(1)}; the best of ${ROUNDS} rounds in turn. Microseconds of each report: by the\n` +
      'wall clock, and of processor time, which others on the machine change less: of all threads of this process, and of the main one.\n' +
      `Allowed: reports a second when all threads have ${CORES} cores and the main one has one of them. There is no broker here.\n`,
  );
  console.log(
    line('cameras', 'reports', 'what', 'wall', 'processor', 'main thread', 'a second', 'allowed', 'of alone'),
  );
  for (const cameras of sizes) {
    const messages = makeBacklog(cameras, hours);
    const best = STAGES.map(() => new Best());
    for (let round = 0; round < ROUNDS; round++)
      for (const [at, [, cost]] of STAGES.entries()) best[at]!.add(await cost(messages));
    for (const [at, [name]] of STAGES.entries())
      console.log(line(`${cameras}`, `${messages.length}`, name, ...best[at]!.cells(best[0]!)));
  }
}

class Best {
  #wall = Number.POSITIVE_INFINITY;
  #all = Number.POSITIVE_INFINITY;
  #main = Number.POSITIVE_INFINITY;

  add({ wallMicros, allMicros, mainMicros }: Cost): void {
    this.#wall = Math.min(this.#wall, wallMicros);
    this.#all = Math.min(this.#all, allMicros);
    this.#main = Math.min(this.#main, mainMicros);
  }

  cells(alone: Best): string[] {
    return [
      ...[this.#wall, this.#all, this.#main].map((micros) => micros.toFixed(1)),
      (1e6 / this.#wall).toFixed(0),
      this.#allowed.toFixed(0),
      (this.#allowed / alone.#allowed).toFixed(2),
    ];
  }

  get #allowed(): number {
    return 1e6 / Math.max(this.#main, this.#all / CORES);
  }
}

function line(...cells: string[]): string {
  return cells.map((cell) => cell.padStart(16)).join('');
}
