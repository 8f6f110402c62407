#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { LintelError } from '../src/lintel-error.ts';
import { addCover } from './commands/cover.ts';
import { addDetect } from './commands/detect.ts';
import { addRun } from './commands/run.ts';
import { addSettings } from './commands/settings.ts';
import { addUplink } from './commands/uplink.ts';
import { addVision } from './commands/vision.ts';
import { addWatch } from './commands/watch.ts';

/** Exit codes: 0 done, 1 failed, 2 called wrongly. Each command loads what it needs when it is called. */
const FAILED = 1;
const CALLED_WRONGLY = 2;

const program = new Command('lintel')
  .description('A door camera that hides every face it sees and reports only anonymised counts.')
  .configureOutput({ outputError: () => {} })
  .exitOverride();
for (const add of [addRun, addVision, addUplink, addWatch, addDetect, addCover, addSettings]) {
  add(program);
}
for (const command of program.commands) command.copyInheritedSettings(program);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = fail(error);
}

function fail(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0 || error.code === 'commander.help') return error.exitCode;
    process.stderr.write(`lintel: ${error.message.replace(/^error: /, '')} (lintel --help says how)\n`);
    return CALLED_WRONGLY;
  }
  if (error instanceof LintelError) {
    process.stderr.write(`lintel: ${error.message}\n`);
    return error.code === 'USAGE' ? CALLED_WRONGLY : FAILED;
  }
  // Not one of ours: a mistake in this program, of which the place matters.
  process.stderr.write(`lintel: ${error instanceof Error ? error.stack : String(error)}\n`);
  return FAILED;
}
