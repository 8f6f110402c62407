import type { Command } from 'commander';

export function addIdentity(program: Command): void {
  program
    .command('identity')
    .description("print the fingerprint of this device's key, and what else its status says of it")
    .requiredOption('--settings <file>', "the settings, as 'lintel settings' prints them")
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      "\nThe key is made when vision first starts, and only vision's own user may read it.\nWho receives reports compares the fingerprint: lintel watch --key FINGERPRINT.",
    )
    .action(async (options: { settings: string; json?: boolean }) => {
      const { deviceIdentity } = await import('../device-identity.ts');
      const identity = await deviceIdentity(options.settings);
      const lines = Object.entries(identity).map(([name, value]) => `${name.padEnd(15)} ${value}\n`);
      process.stdout.write(options.json ? `${JSON.stringify(identity)}\n` : lines.join(''));
    });
}
