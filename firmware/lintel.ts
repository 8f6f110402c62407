#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { LintelError } from '../src/lintel-error.ts';
import { addAim } from './commands/aim.ts';
import { addAiming } from './commands/aiming.ts';
import { addCount } from './commands/count.ts';
import { addCover } from './commands/cover.ts';
import { addDarken } from './commands/darken.ts';
import { addDetect } from './commands/detect.ts';
import { addDoctor } from './commands/doctor.ts';
import { addFirstStart } from './commands/first-start.ts';
import { addFleet } from './commands/fleet.ts';
import { addIdentity } from './commands/identity.ts';
import { addMonitor } from './commands/monitor.ts';
import { addNotice } from './commands/notice.ts';
import { addReport } from './commands/report.ts';
import { addRun } from './commands/run.ts';
import { addSettings } from './commands/settings.ts';
import { addUplink } from './commands/uplink.ts';
import { addVerify } from './commands/verify.ts';
import { addVision } from './commands/vision.ts';
import { addWatch } from './commands/watch.ts';

/** Exit codes: 0 done, 1 failed, 2 called wrongly. Each command loads what it needs when it is called. */
const FAILED = 1;
const CALLED_WRONGLY = 2;

const EXAMPLES = `
Examples:
  lintel run                            see it work: a demonstration with a live view
  lintel cover in.mp4 out.mp4           the same video with its faces covered
  lintel detect picture.jpg --json      where the faces in a picture are
  lintel settings > lintel.toml         begin a settings file

'lintel <command> --help' says more. Exit codes: 0 done, 1 failed, 2 called wrongly.`;

// ONNX Runtime would give the machine a number, keep a record of its runs at home and send it to its maker. It looks
// at this when it is loaded, in whatever thread; the processes that this one starts inherit it.
process.env.ORT_DISABLE_TELEMETRY = '1';

// Whoever read the output has gone, as 'head' does: that is no failure, and nobody is left to be told.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE')
      process.exit(fail(new LintelError('OUTPUT', `cannot write: ${error.message}`)));
  });
}

const program = new Command('lintel')
  .description('A door camera that hides every face it sees and reports only anonymised counts.')
  .version(manifest.version)
  .addHelpText('after', EXAMPLES);
for (const add of [
  addRun,
  addVision,
  addUplink,
  addDarken,
  addAiming,
  addWatch,
  addMonitor,
  addFleet,
  addDetect,
  addCover,
  addCount,
  addAim,
  addSettings,
  addDoctor,
  addFirstStart,
  addIdentity,
  addVerify,
  addReport,
  addNotice,
]) {
  add(program);
}
sayMistakesInOneLine(program, 'lintel');

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = fail(error);
}

function sayMistakesInOneLine(command: Command, name: string): void {
  command.configureOutput({ outputError: () => {} }).exitOverride((error) => {
    throw error.exitCode === 0 || error.code === 'commander.help' ? error : calledWrongly(error, name);
  });
  for (const inner of command.commands) sayMistakesInOneLine(inner, `${name} ${inner.name()}`);
}

/** The mistake in one line, and whose help says more. */
function calledWrongly({ message }: CommanderError, name: string): LintelError {
  const mistake = message
    .replace(/^error: /, '')
    .replace(/\s+/g, ' ')
    .replace(/[.]$/, '');
  return new LintelError('USAGE', `${mistake}; see ${name} --help`);
}

function fail(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : CALLED_WRONGLY;
  if (error instanceof LintelError) {
    process.stderr.write(`lintel: ${error.message}\n`);
    return error.code === 'USAGE' ? CALLED_WRONGLY : FAILED;
  }
  // Not one of ours: a mistake in this program, of which the place matters.
  process.stderr.write(`lintel: ${error instanceof Error ? error.stack : String(error)}\n`);
  return FAILED;
}
