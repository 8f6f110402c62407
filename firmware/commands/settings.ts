import type { Command } from 'commander';
import { LintelError } from '../../src/lintel-error.ts';

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
        const { refusalToWatch } = await import('../../src/config/refusal-to-watch.ts');
        const refusal = refusalToWatch(await loadSettings(options.check));
        if (refusal) throw new LintelError(refusal.code, `${options.check}: ${refusal.message}`);
        process.stdout.write(`${options.check} can be used\n`);
      }
    });
}
