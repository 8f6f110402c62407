import type { Command } from 'commander';
import { endingSignal } from './ending.ts';

export function addAiming(program: Command): void {
  const aiming = program
    .command('aiming')
    .configureHelp({ showGlobalOptions: true })
    .description(
      'show an installer what the camera sees: a page for the local link, while the camera is aimed',
    )
    .requiredOption('--settings <file>', "the settings, as 'lintel settings' prints them")
    .option(
      '--propose <file>',
      "leave a doorway that is saved for 'lintel aiming save', which may write the settings",
    )
    .addHelpText(
      'after',
      '\nFive short presses of the button within five seconds, as soon as the sign is lit after power-on, begin it: there' +
        '\nis about a minute for it. It lasts for fifteen minutes, or until the button is pressed.',
    )
    .action(async (options: { settings: string; propose?: string }) => {
      const { Aiming } = await import('../aiming.ts');
      const say = (line: string) => process.stdout.write(`${line}\n`);
      const page = await Aiming.start(options.settings, say, { propose: options.propose });
      say(`the page for aiming is at ${page.url}`);
      endingSignal().addEventListener('abort', () => void page.close());
      await page.over;
      say('aiming is over');
    });

  aiming
    .command('save')
    .description('put a doorway that was left with --propose into the settings, if it can be used there')
    .requiredOption('--from <file>', 'where it was left')
    .action(async (_: unknown, command: Command) => {
      const { settings, from } = command.optsWithGlobals<{ settings: string; from: string }>();
      const { takeProposal } = await import('../../src/aiming/proposal-file.ts');
      const { NodeDisk } = await import('../../src/disk/node-disk.ts');
      await takeProposal(from, settings, new NodeDisk());
      process.stdout.write(`the doorway is in ${settings}; what was there before is in ${settings}.old\n`);
    });
}
