import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { LintelError } from '../../../src/lintel-error.ts';
import { thisMachine } from '../machine.ts';
import { LARGEST_CROWD, type Size } from './clips.ts';
import { describeResult } from './describe-result.ts';
import { install, isInstalled, PEERS, type Peer } from './peers.ts';
import { type CrowdTable, type PeersResult, type SizeTable, Tables } from './tables.ts';

const HELP = `usage: npm run bench:peers -- [options]

Covers the same clips with this loop and with what else one could take, interleaved, one thread each, and prints what
a frame costs and how much of the labelled faces came out covered. What a peer needs is fetched when it is missing:
sharp into build/bench, OpenCV from Debian by root. Run it on a machine that does nothing else; it takes about
half an hour there, and 2 GB of disk while it runs.

${PEERS.map(({ name, about }) => `  ${name.padEnd(8)} ${about}`).join('\n')}

  --size WxH       of the frames; may be given more than once (default 1280x720)
  --crowd LIST     numbers of faces for the table of cost against faces, at 1280x720 (default 0,1,5,20,50)
  --no-crowd       without that table
  --peers LIST     only these, besides this loop
  --installed      leave out what is not installed, instead of fetching it
  --frames N       frames to measure after half as many to warm up (default 200; half of it for a crowd)
  --rounds N       of which the median, the least and the most are shown (default 5)
  --folder DIR     where clips lie meanwhile (default build/bench/peers)
  --json           one JSON object on standard output instead of tables
  --save FILE      that JSON object into a file besides
  --help           this text`;

const GATE = new URL('../../../src/detect/change-gate.ts', import.meta.url);

const { values } = parseArgs({
  options: {
    size: { type: 'string', multiple: true, default: ['1280x720'] },
    crowd: { type: 'string', default: '0,1,5,20,50' },
    'no-crowd': { type: 'boolean', default: false },
    peers: { type: 'string', default: PEERS.map(({ name }) => name).join(',') },
    installed: { type: 'boolean', default: false },
    frames: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '5' },
    folder: {
      type: 'string',
      default: fileURLToPath(new URL('../../../build/bench/peers', import.meta.url)),
    },
    json: { type: 'boolean', default: false },
    save: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(HELP);
} else {
  try {
    await measure();
  } catch (error) {
    if (!(error instanceof LintelError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

async function measure(): Promise<void> {
  const frames = wholeNumber(values.frames, '--frames', 1);
  const half = Math.ceil(frames / 2);
  const rounds = wholeNumber(values.rounds, '--rounds', 1);
  const sizes = values.size.map(parseSize);
  const crowdCounts = values['no-crowd'] ? [] : values.crowd.split(',').map(parseCrowd);
  const peers = chosenPeers();
  for (const peer of peers) await install(peer);
  await mkdir(values.folder, { recursive: true });
  const folder = await mkdtemp(join(values.folder, 'clips-'));
  // Clips are gigabytes: they go, however this ends.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const tables = new Tables({
    peers,
    folder,
    rounds,
    warmUpFrames: half,
    progress: (doing) => console.error(doing),
  });
  const sizeTables: SizeTable[] = [];
  for (const size of sizes) sizeTables.push(await tables.ofSize(size, frames));
  const crowds: CrowdTable[] = [];
  for (const faces of crowdCounts) crowds.push(await tables.ofCrowd(half, faces));
  const still = existsSync(GATE) ? await tables.ofStill(frames) : undefined;
  const machine = thisMachine();
  await show({ machine, frames, rounds, sizes: sizeTables, crowds, ...(still && { still }) });
}

async function show(result: PeersResult): Promise<void> {
  const json = JSON.stringify(result, null, 2);
  if (values.save !== undefined) await writeFile(values.save, `${json}\n`);
  console.log(values.json ? json : describeResult(result));
}

function chosenPeers(): Peer[] {
  const names = values.peers.split(',');
  const unknown = names.find((name) => !PEERS.some((peer) => peer.name === name));
  if (unknown !== undefined) throw usage(`there is no peer '${unknown}'`);
  const [loop, ...others] = PEERS as [Peer, ...Peer[]];
  const chosen = others.filter((peer) => names.includes(peer.name));
  return [loop, ...(values.installed ? chosen.filter(isInstalled) : chosen)];
}

function parseSize(text: string): Size {
  const [, width, height] = /^(\d{2,4})x(\d{2,4})$/.exec(text) ?? [];
  if (width === undefined) throw usage(`--size is ${text}: give it as 1280x720`);
  return { width: Number(width), height: Number(height) };
}

function parseCrowd(text: string): number {
  const faces = wholeNumber(text, '--crowd', 0);
  if (faces > LARGEST_CROWD) throw usage(`--crowd has ${faces}: ${LARGEST_CROWD} faces are the most`);
  return faces;
}

function wholeNumber(text: string, option: string, least: number): number {
  if (/^\d{1,6}$/.test(text) && Number(text) >= least) return Number(text);
  throw usage(`${option} has '${text}': give a whole number from ${least} on`);
}

function usage(problem: string): LintelError {
  return new LintelError('USAGE', `${problem} (see --help)`);
}
