import type { Command } from 'commander';
import { LintelError } from '../../src/lintel-error.ts';
import { endingSignal } from './ending.ts';

export function addWatch(program: Command): void {
  program
    .command('watch')
    .description('print every report that reaches the broker, decoded')
    .option('--broker <url>', 'the MQTT broker', 'mqtt://127.0.0.1:1883')
    .option('--time-zone <zone>', "such as Europe/Berlin; the machine's own if not given")
    .option('--json', 'print one JSON object a line')
    .addHelpText('after', '\nThe number after ± is twice the standard deviation of the noise. Ctrl-C ends.')
    .action(async (options: { broker: string; timeZone?: string; json?: boolean }) => {
      const { watch } = await import('../../src/monitor/watch.ts');
      await watch(
        {
          brokerUrl: options.broker,
          json: options.json === true,
          ...(options.timeZone !== undefined && { timeZone: options.timeZone }),
          print: (line) => process.stdout.write(`${line}\n`),
          note: (line) => process.stderr.write(`${line}\n`),
        },
        endingSignal(),
      ).catch(asUsage);
    });
}

/** What `watch` refuses is what it was called with. */
function asUsage(error: unknown): never {
  throw error instanceof LintelError ? new LintelError('USAGE', error.message, error) : error;
}
