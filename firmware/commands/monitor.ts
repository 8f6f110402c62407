import type { Command } from 'commander';
import { LintelError } from '../../src/lintel-error.ts';
import { endingSignal, endWithRun } from './ending.ts';

interface MonitorOptions {
  readonly settings?: string;
  readonly json?: boolean;
}

export function addMonitor(program: Command): void {
  const monitor = program
    .command('monitor')
    .configureHelp({ showGlobalOptions: true })
    .description(
      "the facilities team's side: keep every camera's reports, show them on a page, and tell when something is wrong",
    )
    .option('--settings <file>', "the settings, as 'lintel monitor settings' prints them")
    .option('--json', 'print JSON: of the log one object a line, of the doors one list')
    .addHelpText('after', '\nA camera counts once it is enrolled by its fingerprint. SIGTERM or Ctrl-C ends.')
    .action(async (options: MonitorOptions) => {
      endWithRun();
      const { runMonitorProgram } = await import('../monitor.ts');
      await runMonitorProgram(settingsFile(options), options.json === true, endingSignal());
    });

  monitor
    .command('settings')
    .description('print a settings file with every key, what it means and its default')
    .action(async () => {
      const { monitorExample } = await import('../../src/monitor/settings/monitor-settings.ts');
      process.stdout.write(monitorExample());
    });

  monitor
    .command('enrol')
    .description('know a door by this key, and use what the key has signed and will sign')
    .argument('<site/device>', 'the door, as it names itself')
    .argument('<fingerprint>', "as 'lintel identity' prints it on the camera")
    .action(async (door: string, key: string, _: unknown, command: Command) => {
      const { enrolByCommand } = await import('../../src/monitor/enrolment-commands.ts');
      process.stdout.write(`${await enrolByCommand(settingsFile(command.optsWithGlobals()), door, key)}\n`);
    });

  monitor
    .command('withdraw')
    .description('take an enrolment back: the counts of the door are kept, and not used')
    .argument('<site/device>', 'the door')
    .action(async (door: string, _: unknown, command: Command) => {
      const { withdrawByCommand } = await import('../../src/monitor/enrolment-commands.ts');
      process.stdout.write(`${await withdrawByCommand(settingsFile(command.optsWithGlobals()), door)}\n`);
    });

  monitor
    .command('password')
    .description('ask for a password, and print a line for the file of those who may look at the page')
    .argument('<name>', 'who is to give it')
    .addHelpText('after', '\nWithout a terminal, the password is the first line of the standard input.')
    .action(async (name: string) => {
      const { passwordLine } = await import('../../src/monitor/web/password-file.ts');
      const { askSecret } = await import('../ask-secret.ts');
      process.stdout.write(`${await passwordLine(name, await askSecret(`Password of ${name}: `))}\n`);
    });

  monitor
    .command('doors')
    .description('print every door that was heard of or enrolled, with what is wrong there')
    .action(async (_: unknown, command: Command) => {
      const options: MonitorOptions = command.optsWithGlobals();
      const { listDoors } = await import('../../src/monitor/list-doors.ts');
      process.stdout.write(await listDoors(settingsFile(options), options.json === true));
    });
}

function settingsFile({ settings }: MonitorOptions): string {
  if (settings !== undefined) return settings;
  throw new LintelError(
    'USAGE',
    'give --settings and a file: lintel monitor settings prints one to begin with',
  );
}
