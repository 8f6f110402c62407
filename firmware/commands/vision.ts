import type { Command } from 'commander';
import { endWithRun } from './ending.ts';
import { wholeNumber } from './options.ts';
import { runService } from './service.ts';

export function addVision(program: Command): void {
  program
    .command('vision')
    .description('watch the door: owns camera, sign and button, and has no network')
    .requiredOption('--settings <file>', "the settings, as 'lintel settings' prints them")
    .option('--status', 'tell the state of the loop once a second; not for a camera in service')
    .option(
      '--window-seconds <n>',
      'length of a window; only with a replayed recording',
      wholeNumber(1, 86_400),
    )
    .option('--view <file.y4m>', 'write what the loop lets through; only with a replayed recording')
    .addHelpText(
      'after',
      "\nThe log is one JSON object a line. SIGTERM or Ctrl-C ends. Exit code 78: the settings do not allow it.\nWith simulated lines, 'press' and 'release' on the\nstandard input work the button.",
    )
    .action(async (options) => {
      endWithRun();
      const { runVision } = await import('../vision-program.ts');
      try {
        await runService(() => runVision(options));
      } finally {
        // A simulated button listens there, which would keep an ended program alive.
        process.stdin.destroy();
      }
    });
}
