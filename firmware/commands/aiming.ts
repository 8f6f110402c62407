import type { Command } from 'commander';
import { endingSignal } from './ending.ts';

export function addAiming(program: Command): void {
  program
    .command('aiming')
    .description(
      'show an installer what the camera sees: a page for the local link, while the camera is aimed',
    )
    .requiredOption('--settings <file>', "the settings, as 'lintel settings' prints them")
    .addHelpText(
      'after',
      '\nFive short presses of the button within five seconds, in the first minute after power-on, begin it. It lasts' +
        '\nfor fifteen minutes, or until the button is pressed.',
    )
    .action(async (options: { settings: string }) => {
      const { Aiming } = await import('../aiming.ts');
      const say = (line: string) => process.stdout.write(`${line}\n`);
      const aiming = await Aiming.start(options.settings, say);
      say(`the page for aiming is at ${aiming.url}`);
      endingSignal().addEventListener('abort', () => void aiming.close());
      await aiming.over;
      say('aiming is over');
    });
}
