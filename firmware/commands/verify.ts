import { type Command, InvalidArgumentError } from 'commander';
import { parseKey } from '../../src/evidence/checkpoint.ts';
import { EvidenceBroken } from '../../src/evidence/evidence-error.ts';

interface VerifyOptions {
  readonly key?: string;
  readonly checkpoint?: string;
  readonly json?: boolean;
}

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description("check a device's evidence, offline, with nothing but its public key")
    .argument('<path>', "the folder of a device's evidence, or one .evidence file of it")
    .option(
      '--key <key>',
      "the device's fingerprint or public key, as 'lintel identity' prints it",
      keyOption,
    )
    .option(
      '--checkpoint <file>',
      'one that was kept elsewhere: a signed note, or a status as it came from the broker',
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Says what the records cover, or the first one that does not hold. Records that were taken away at the end, together with
their checkpoint, are missed only when --checkpoint gives one that was kept elsewhere: every status has the newest.
The device's own key signs its evidence, so this shows what was changed later, not whether the device told the truth.
Exit codes: 0 it holds, 1 it does not or cannot be read, 2 called wrongly.`,
    )
    .action(async (path: string, options: VerifyOptions) => {
      const { verifyPath } = await import('../verify-path.ts');
      const { describeEvidence, summarise } = await import('../../src/evidence/summary.ts');
      const print = (object: object) => process.stdout.write(`${JSON.stringify(object)}\n`);
      try {
        const found = summarise(await verifyPath(path, options));
        if (options.json) print({ holds: true, keyCompared: options.key !== undefined, ...found });
        else process.stdout.write(`${describeEvidence(found, options.key !== undefined).join('\n')}\n`);
      } catch (error) {
        if (options.json && error instanceof EvidenceBroken) {
          print({ holds: false, fault: error.fault, record: error.record, message: error.message });
        }
        throw error;
      }
    });
}

/** @returns the fingerprint */
function keyOption(text: string): string {
  const key = parseKey(text);
  if (key === undefined) {
    throw new InvalidArgumentError('Give a fingerprint, 64 hexadecimal digits, or a C2SP verifier key.');
  }
  return key;
}
