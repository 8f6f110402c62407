import { parseArgs } from 'node:util';
import { type CampaignResult, campaign } from './campaign.ts';
import { TARGETS } from './targets.ts';

const help = `Tries the decoders of this project with bytes that are nearly right.

  npm run fuzz [-- [--runs N] [--seed S] [--target NAME]... [--help]]

  --runs N       how many inputs each decoder gets (100000)
  --seed S       a whole number; the same one gives the same inputs (from the clock)
  --target NAME  only this one; may be given several times
                 ${TARGETS.map(({ name }) => name).join(', ')}
  --help         print this

A decoder has failed when it throws anything but a LintelError, gives back something else than went in, does not come to an
end, takes memory out of measure, or refuses in words that are not one plain line. The smallest input that makes it fail is
printed in base64, for a regression test.

Exit status: 0 when none failed, 1 when one did, 2 for bad usage.
`;

const print = (text: string) => process.stdout.write(text);
const isTerminal = process.stderr.isTTY;

process.exitCode = await main();

async function main(): Promise<number> {
  const asked = readArguments();
  if (typeof asked === 'string') {
    process.stderr.write(`${asked}\n\n${help}`);
    return 2;
  }
  if (asked.help) {
    print(help);
    return 0;
  }
  print(`seed ${asked.seed}, ${asked.runs} runs each\n`);
  let failures = 0;
  for (const { name } of TARGETS.filter(({ name }) => asked.targets.includes(name))) {
    const result = await campaign({
      targets: new URL('./targets.ts', import.meta.url).href,
      target: name,
      runs: asked.runs,
      seed: asked.seed,
      onProgress: ({ runs }) => isTerminal && process.stderr.write(`\r${name} ${runs}/${asked.runs} `),
    });
    if (isTerminal) process.stderr.write('\r\u001b[K');
    print(described(name, result));
    failures += result.failure ? 1 : 0;
  }
  return failures === 0 ? 0 : 1;
}

function described(name: string, { runs, taken, failure }: CampaignResult): string {
  if (!failure) return `${name}: ${runs} runs, ${taken} taken, ${runs - taken} refused\n`;
  const bytes = Buffer.from(failure.bytes).toString('base64');
  return `${name}: FAILED after some ${runs} runs\n${failure.reason}\ninput: ${bytes}\n`;
}

/** @returns what is wrong with the arguments, if anything is */
function readArguments() {
  const whole = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      options: {
        runs: { ...whole, default: '100000' },
        seed: { ...whole, default: `${Date.now() % 2 ** 31}` },
        target: { ...whole, multiple: true, default: TARGETS.map(({ name }) => name) },
        help: { type: 'boolean', default: false },
      },
    });
    const [runs, seed] = [Number(values.runs), Number(values.seed)];
    if (!Number.isSafeInteger(runs) || runs < 1) return `--runs ${values.runs} is not a number of runs`;
    if (!Number.isSafeInteger(seed)) return `--seed ${values.seed} is not a whole number`;
    const unknown = values.target.filter((name) => !TARGETS.some((target) => target.name === name));
    if (unknown.length > 0) return `there is no target ${unknown.join(', ')}`;
    return { runs, seed, targets: values.target, help: values.help };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
