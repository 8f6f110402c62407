import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LintelError } from '../../src/lintel-error.ts';
import { guestProgram } from './guest-program.ts';
import { MachineError } from './machine/machine.ts';
import { type MachineParts, prepareMachine } from './machine/prepare.ts';
import { type Program, runProgram } from './program.ts';

const help = `Runs the programs of test/device/guest and test/device/host under a real arm64 kernel with simulated GPIO hardware.

  npm run test:device [-- [--json] [PROGRAM...]]

PROGRAM is the name of a file in one of the two without its ending; all of them when none is named, most of them two at a time.
Each gets a freshly started machine (qemu-system-aarch64). The first run fetches kernel and packages and keeps them in
\${XDG_CACHE_HOME:-~/.cache}/lintel/device; remove that folder to get a newer kernel.

  --json   print one JSON document instead of lines
  --help   print this

Exit status: 0 when every check passed; 1 when one failed or the machine could not be run; 2 for bad usage.
`;

/** What is begun first goes beside programs that mostly wait, since times are looked at; what is begun last is long. */
const first = ['vision-presses', 'chardev-contract', 'onoff-contract', 'door-lines', 'guard'];

/** It starts more than one `vision` at a door that is watched, and a guard takes one that gets no processor for hanging. */
const alone = ['vision-kills'];

const checkout = join(import.meta.dirname, '../..');
const print = (text: string) => process.stdout.write(`${text}\n`);
const complain = (text: string) => process.stderr.write(`${text}\n`);

process.exitCode = await main().catch((error) => {
  if (!(error instanceof LintelError)) throw error;
  complain(`The device tests could not be run: ${error.message}`);
  if (error instanceof MachineError) complain(error.console);
  return 1;
});

async function main(): Promise<number> {
  const present = [...(await programsIn('guest')), ...(await programsIn('host'))];
  const asked = readArguments();
  const unknown = asked?.programs.filter((name) => !present.includes(name)) ?? [];
  if (!asked || unknown.length > 0) {
    complain(`${asked ? `There is no ${unknown.join(', ')}; there are ${present.join(', ')}.` : help}`);
    return 2;
  }
  if (asked.help) {
    print(help);
    return 0;
  }

  const parts = await prepareMachine(checkout, (line) => complain(`machine: ${line}`));
  const names = asked.programs.length > 0 ? asked.programs : present;
  const programs = await Promise.all(names.toSorted(inOrder).map(programNamed));
  const show = asked.json ? () => {} : print;
  const run = (program: Program) => runShown(program, parts, show);
  const reports = await inLanes(
    programs.filter(({ name }) => !alone.includes(name)),
    run,
  );
  for (const program of programs.filter(({ name }) => alone.includes(name))) reports.push(await run(program));
  const checks = reports.flatMap((report) => report.checks);
  const failed = checks.filter((check) => check.error !== undefined).length;
  const passed = checks.length - failed;
  print(asked.json ? JSON.stringify({ passed, failed, reports }) : `${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

async function programsIn(folder: 'guest' | 'host'): Promise<string[]> {
  const files = await readdir(join(import.meta.dirname, folder));
  return files.map((file) => file.replace(/\.ts$/, ''));
}

async function programNamed(name: string): Promise<Program> {
  if ((await programsIn('guest')).includes(name)) return guestProgram(name);
  const { run } = await import(`./host/${name}.ts`);
  return { name, run };
}

function inOrder(a: string, b: string): number {
  const place = (name: string) => (first.includes(name) ? first.indexOf(name) : first.length);
  return place(a) - place(b) || (a < b ? 1 : -1);
}

/** What a program prints comes in one piece, unless it runs alone. */
async function runShown(program: Program, parts: MachineParts, show: (text: string) => void) {
  const lines: string[] = [];
  const report = await runProgram(program, parts, (line) => lines.push(line));
  show(lines.join('\n'));
  return report;
}

/** Two at a time. @returns what they return, in the order of their ends */
async function inLanes<Item, Result>(
  items: Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const waiting = [...items];
  const results: Result[] = [];
  const lane = async () => {
    for (let item = waiting.shift(); item; item = waiting.shift()) results.push(await work(item));
  };
  await Promise.all([lane(), lane()]);
  return results;
}

function readArguments(): { json: boolean; help: boolean; programs: string[] } | undefined {
  try {
    const options = {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    return { ...values, programs: positionals };
  } catch {
    return undefined;
  }
}
