import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LintelError } from '../../src/lintel-error.ts';
import { runScenario } from './scenario.ts';

const help = `Runs a broker of three RabbitMQ nodes on addresses of this machine, two monitors on one PostgreSQL, and many cameras. While they
report, the node under a monitor is killed and comes back, and so is a monitor. In the end every report that a camera handed over
is in the store once and as it was sent, and every alarm was raised and told once.

  npm run test:cluster [-- OPTION...]

Needs Debian's rabbitmq-server (root: it is installed), and some minutes. Nothing of /etc/rabbitmq is read, and no other broker of
this machine is touched.

  --cameras N     of 'lintel fleet'; 200 if not given
  --kills N       so often a node and a monitor are killed; 2 if not given
  --unreplicated  keep each session on one node only: the test must then fail
  --keep          keep the folder with all logs; that of a run that failed is kept anyway
  --help          print this

Exit status: 0 when nothing was lost or counted twice; 1 when something was, or it could not be run; 2 for bad usage.
`;

/** The whole of it takes about three minutes. */
const LONGEST_MS = 10 * 60_000;
const SHOWN_FAULTS = 20;
const say = (line: string) => process.stdout.write(`${line}\n`);

process.exitCode = await main();

async function main(): Promise<number> {
  const asked = readArguments();
  if (!asked || asked.help) {
    (asked ? process.stdout : process.stderr).write(help);
    return asked ? 0 : 2;
  }
  const packages = join(import.meta.dirname, '../../deploy/cluster-packages.mjs');
  if (spawnSync(process.execPath, [packages], { stdio: 'inherit' }).status !== 0) return 1;

  const folder = await mkdtemp(join(tmpdir(), 'lintel-cluster-'));
  const began = performance.now();
  let last = '';
  const step = (line: string) => {
    last = line;
    say(`${((performance.now() - began) / 1_000).toFixed(1).padStart(6)} s  ${line}`);
  };
  const queues = asked.unreplicated ? 'classic' : 'quorum';
  const isStuck = new Promise<never>((_, reject) => {
    const error = () => new LintelError('CLUSTER_STUCK', `nothing more came after: ${last}`);
    setTimeout(() => reject(error()), LONGEST_MS).unref();
  });
  const options = { cameras: asked.cameras, kills: asked.kills, queues, say: step } as const;
  const isGood = await Promise.race([runScenario(folder, options), isStuck]).then(report, complain);
  if (isGood && !asked.keep) await rm(folder, { recursive: true });
  else say(`The logs are in ${folder}.`);
  // What is stuck would keep this process; what it started ends with it.
  process.exit(isGood ? 0 : 1);
}

function report({ faults, figures }: Awaited<ReturnType<typeof runScenario>>): boolean {
  for (const [what, figure] of Object.entries(figures)) say(`${what}: ${figure}`);
  for (const fault of faults.slice(0, SHOWN_FAULTS)) say(`WRONG  ${fault}`);
  if (faults.length > SHOWN_FAULTS) say(`WRONG  and ${faults.length - SHOWN_FAULTS} more`);
  say(faults.length === 0 ? 'ok: nothing was lost, and nothing counted twice' : `${faults.length} faults`);
  return faults.length === 0;
}

function complain(error: unknown): boolean {
  say(
    `WRONG  ${error instanceof LintelError ? error.message : error instanceof Error ? error.stack : error}`,
  );
  return false;
}

function readArguments() {
  try {
    const options = {
      cameras: { type: 'string', default: '200' },
      kills: { type: 'string', default: '2' },
      unreplicated: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    } as const;
    const { values } = parseArgs({ options });
    const [cameras, kills] = [Number(values.cameras), Number(values.kills)];
    if (!(Number.isInteger(cameras) && cameras > 0 && Number.isInteger(kills) && kills >= 0))
      return undefined;
    return { ...values, cameras, kills };
  } catch {
    return undefined;
  }
}
