import type { Command } from 'commander';

interface IdentityOptions {
  readonly settings: string;
  readonly make?: boolean;
  readonly blink?: boolean;
  readonly json?: boolean;
}

export function addIdentity(program: Command): void {
  program
    .command('identity')
    .description("print the fingerprint of this device's key, and what else its status says of it")
    .requiredOption('--settings <file>', "the settings, as 'lintel settings' prints them")
    .option('--make', 'make the key if there is none yet, as vision does when it first starts')
    .option('--blink', 'then blink the fingerprint with the sign, in under two and a half minutes')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
The key is made when vision first starts, and only vision's own user may read it.
Who receives reports compares the fingerprint: lintel watch --key FINGERPRINT.
Blinked, each hexadecimal digit is four flashes, short for 0 and long for 1, the highest first: short long long short is
6. Groups of four digits have a longer pause after them; a flicker begins and ends it all. While the sign blinks, the
lines are held, no vision can run and no sensor is open; a press ends it, and opts out.`,
    )
    .action(async ({ settings, make, blink, json }: IdentityOptions) => {
      const { deviceIdentity } = await import('../device-identity.ts');
      const identity = await deviceIdentity(settings, { makesKey: make ?? false });
      const lines = Object.entries(identity).map(([name, value]) => `${name.padEnd(15)} ${value}\n`);
      process.stdout.write(json ? `${JSON.stringify(identity)}\n` : lines.join(''));
      if (blink) await tellByBlinking(settings);
    });
}

async function tellByBlinking(settings: string): Promise<void> {
  const { blinkIdentity } = await import('../blink/blink-identity.ts');
  const { endingSignal } = await import('./ending.ts');
  try {
    const { end, wasSeen } = await blinkIdentity(settings, endingSignal());
    if (!wasSeen)
      process.stderr.write('lintel: the sign was not seen to blink: check the lamp and its wiring\n');
    if (end === 'pressed') process.stderr.write('lintel: ended by a press of the button, which opts out\n');
  } finally {
    // A simulated button listens there, which would keep an ended program alive.
    process.stdin.destroy();
  }
}
