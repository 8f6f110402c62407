import { type Command, InvalidArgumentError, Option } from 'commander';
import { endingSignal } from './ending.ts';
import { duration, modelsDir, wholeNumber } from './options.ts';

export function addRun(program: Command): void {
  program
    .command('run')
    .description('start vision and uplink on this machine, for development, with a broker and a live view')
    .option('--settings <file>', 'run with these settings; without, a demonstration with settings of its own')
    .addOption(
      new Option('--camera <replay:file>', 'the recording to play in place of the demonstration clip')
        .argParser(recording)
        .conflicts('settings'),
    )
    .option('--view <file.y4m>', 'write what the loop lets through (grows by some 30 MB a second)')
    .option('--for <time>', 'end after this long, such as 30s or 5m', duration)
    .addOption(
      new Option('--port <n>', "port of the demonstration's broker on 127.0.0.1; any free one if not given")
        .argParser(wholeNumber(1, 65_535))
        .conflicts('settings'),
    )
    .addHelpText(
      'after',
      `
Keys: space presses the resident's button, q or Ctrl-C ends. Without a terminal, plain lines are printed.
A demonstration keeps its spool and state in a temporary folder; with --settings they are where those say.`,
    )
    .action(async (options) => {
      const { run } = await import('../run/run.ts');
      await run(options, modelsDir(), endingSignal());
    });
}

function recording(value: string): string {
  const [kind, ...file] = value.split(':');
  if (kind === 'replay' && file.join(':')) return file.join(':');
  throw new InvalidArgumentError('Give replay: and a file, such as replay:door.y4m.');
}
