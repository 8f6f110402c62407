import type { Command } from 'commander';
import { wholeNumber } from './options.ts';

export function addVision(program: Command): void {
  program
    .command('vision')
    .description('watch the door: owns camera, sign and button, and has no network')
    .requiredOption('--settings <file>', 'the settings, TOML')
    .option(
      '--status',
      'print one JSON object a second about the state of the loop; not for a camera in service',
    )
    .option(
      '--window-seconds <n>',
      'length of a window; only with a replayed recording',
      wholeNumber(1, 86_400),
    )
    .option('--view <file.y4m>', 'write what the loop lets through; only with a replayed recording')
    .action(async (options) => {
      const { runVision } = await import('../vision-program.ts');
      process.exitCode = await runVision(options);
    });
}
