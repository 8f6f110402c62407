import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LintelError } from '../../src/lintel-error.ts';
import { guestProgram } from './guest-program.ts';
import { MachineError } from './machine/machine.ts';
import { prepareMachine } from './machine/prepare.ts';
import { type Program, type ProgramReport, runProgram } from './program.ts';

const help = `Runs the programs of test/device/guest and test/device/host under a real arm64 kernel with simulated GPIO hardware.

  npm run test:device [-- [--timed] [--json] [PROGRAM...]]

PROGRAM is the name of a file in one of the two without its ending; all of them when none is named, one after another.
Each gets a freshly started machine (qemu-system-aarch64). The first run fetches kernel and packages and keeps them in
\${XDG_CACHE_HOME:-~/.cache}/lintel/device; remove that folder to get a newer kernel.

  --timed  fail when a time is over its bound too; without it, times are printed, since a busy host makes them longer
  --json   print one JSON document instead of lines
  --help   print this

Exit status: 0 when every check passed; 1 when one failed or the machine could not be run; 2 for bad usage.
`;

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
  const show = asked.json ? () => {} : print;
  const reports: ProgramReport[] = [];
  // A `vision` that has to wait for a processor is taken for hanging by its guard: each machine has the host alone.
  for (const name of asked.programs.length > 0 ? asked.programs : present)
    reports.push(await runProgram(await programNamed(name, asked.timed), parts, show));
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

async function programNamed(name: string, timed: boolean): Promise<Program> {
  if ((await programsIn('guest')).includes(name)) return guestProgram(name, timed);
  const { run } = await import(`./host/${name}.ts`);
  return { name, run };
}

function readArguments(): { timed: boolean; json: boolean; help: boolean; programs: string[] } | undefined {
  try {
    const options = {
      timed: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    return { ...values, programs: positionals };
  } catch {
    return undefined;
  }
}
