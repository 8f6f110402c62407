import { type Command, InvalidArgumentError, Option } from 'commander';
import { LintelError } from '../../src/lintel-error.ts';
import { parseFingerprint } from '../../src/wire/fingerprint.ts';
import { endingSignal } from './ending.ts';

interface WatchCommandOptions {
  readonly broker: string;
  readonly ca?: string;
  readonly certificate?: string;
  readonly keyFile?: string;
  readonly timeZone?: string;
  readonly key: readonly string[];
  readonly json?: boolean;
}

export function addWatch(program: Command): void {
  program
    .command('watch')
    .description('print every report that reaches the broker, decoded')
    .option('--broker <url>', 'the MQTT broker', 'mqtt://127.0.0.1:1883')
    .option('--ca <file>', "who signed the broker's certificate; otherwise those that every browser knows")
    .option('--certificate <file>', 'by which the broker knows you')
    .option('--key-file <file>', 'the private key of that certificate')
    .option('--time-zone <zone>', "such as Europe/Berlin; the machine's own if not given")
    .addOption(
      new Option(
        '--key <fingerprint>',
        "the key of a door, as 'lintel identity' prints it; may be given again",
      )
        .argParser(addKey)
        .default([], 'of each door that of the first status that comes from it'),
    )
    .option('--json', 'print one JSON object a line')
    .addHelpText(
      'after',
      '\nA line that ends with a key was not signed by the door it names, as far as is known.\nThe number after ± is twice the standard deviation of the noise. Ctrl-C ends.\nOver a network only mqtts is taken: TLS 1.3, and the certificate is always checked.',
    )
    .action(async (options: WatchCommandOptions) => {
      const { watch } = await import('../../src/monitor/watch.ts');
      await watch(
        {
          brokerUrl: options.broker,
          tls: { ca: options.ca, certificate: options.certificate, key: options.keyFile },
          json: options.json === true,
          keys: options.key,
          ...(options.timeZone !== undefined && { timeZone: options.timeZone }),
          print: (line) => process.stdout.write(`${line}\n`),
          note: (line) => process.stderr.write(`${line}\n`),
        },
        endingSignal(),
      ).catch(asUsage);
    });
}

function addKey(text: string, keys: readonly string[]): string[] {
  const key = parseFingerprint(text);
  if (key === undefined) throw new InvalidArgumentError('Give eight groups of four hexadecimal digits.');
  return [...keys, key];
}

/** What `watch` refuses is what it was called with. */
function asUsage(error: unknown): never {
  throw error instanceof LintelError ? new LintelError('USAGE', error.message, error) : error;
}
