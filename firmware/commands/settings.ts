import type { Command } from 'commander';

export function addSettings(program: Command): void {
  program
    .command('settings')
    .description('print a settings file with every key, what it means and its default; or check one')
    .option('--check <file>', 'say whether this settings file can be used')
    .action(async (options: { check?: string }) => {
      if (options.check === undefined) {
        const { settingsExample } = await import('../../src/config/settings-example.ts');
        process.stdout.write(settingsExample());
      } else {
        const { loadSettings } = await import('../../src/config/settings.ts');
        await loadSettings(options.check);
        process.stdout.write(`${options.check} can be used\n`);
      }
    });
}
