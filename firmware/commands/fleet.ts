import { type Command, Option } from 'commander';
import { endingSignal } from './ending.ts';
import { duration, wholeNumber } from './options.ts';

interface FleetCommandOptions {
  readonly broker: string[];
  readonly mqtt: '5' | '3.1.1';
  readonly ca?: string;
  readonly certificate?: string;
  readonly keyFile?: string;
  readonly cameras: number;
  readonly seed: number;
  readonly every: number;
  readonly windows?: number;
  readonly faults?: boolean;
  readonly keys?: boolean;
  readonly json?: boolean;
}

const MOST_CAMERAS = 50_000;

export function addFleet(program: Command): void {
  program
    .command('fleet')
    .description('simulate many cameras, to see what a broker and a monitor carry')
    .option(
      '--broker <url...>',
      'the MQTT broker; of several nodes, each camera goes on to the next when its own fails',
      ['mqtt://127.0.0.1:1883'],
    )
    .addOption(new Option('--mqtt <version>', 'what is spoken').choices(['5', '3.1.1']).default('5'))
    .option('--ca <file>', "who signed the broker's certificate; otherwise those that every browser knows")
    .option('--certificate <file>', 'by which the broker knows all of them')
    .option('--key-file <file>', 'the private key of that certificate')
    .addOption(new Option('--cameras <n>', 'how many').argParser(wholeNumber(1, MOST_CAMERAS)).default(10))
    .addOption(
      new Option('--seed <n>', 'the same gives the same keys and counts')
        .argParser(wholeNumber(0, 2 ** 32 - 1))
        .default(1),
    )
    .addOption(
      new Option('--every <time>', 'length of a window, such as 60s or 1h')
        .argParser(duration)
        .default(60_000, '60s'),
    )
    .addOption(new Option('--windows <n>', 'end after so many').argParser(wholeNumber(1, 2 ** 32 - 1)))
    .option('--faults', 'one camera in ten is silent, has a sign fault, a clock ahead, or sends twice')
    .option('--keys', 'print each door with its fingerprint, and connect nothing')
    .option('--json', 'print a summary as one JSON object at the end')
    .addHelpText('after', '\nNobody passes these doors: the counts are made up, with the real noise on them.')
    .action(async (options: FleetCommandOptions) => {
      const { fleetKeys, runFleet } = await import('../fleet/fleet.ts');
      if (options.keys) {
        for (const { door, key } of fleetKeys(options.cameras, options.seed)) {
          process.stdout.write(`${door} ${key}\n`);
        }
        return;
      }
      const summary = await runFleet(
        {
          brokerUrls: options.broker,
          protocolVersion: options.mqtt === '5' ? 5 : 4,
          tls: { ca: options.ca, certificate: options.certificate, key: options.keyFile },
          cameras: options.cameras,
          seed: options.seed,
          windowSeconds: Math.max(1, Math.round(options.every / 1_000)),
          faults: options.faults === true,
          ...(options.windows !== undefined && { windows: options.windows }),
          progress: (line) => process.stderr.write(`${line}\n`),
        },
        endingSignal(),
      );
      if (options.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
    });
}
