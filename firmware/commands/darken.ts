import type { Command } from 'commander';

export function addDarken(program: Command): void {
  program
    .command('darken')
    .description('leave the door safe after vision: end what it has left running, then darken the sign')
    .requiredOption('--settings <file>', "the settings, as 'lintel settings' prints them")
    .addHelpText('after', '\nThe service manager runs it, as the user of vision, whenever vision has ended.')
    .action(async (options: { settings: string }) => {
      const { loadSettings } = await import('../../src/config/settings.ts');
      const { SystemClock } = await import('../../src/time/system-clock.ts');
      const { darkenAfterVision } = await import('../system/darken-after-vision.ts');
      const { AimFolder } = await import('../../src/aiming/aim-folder.ts');
      const { NodeDisk } = await import('../../src/disk/node-disk.ts');
      const { endGuardedPrograms } = await import('../system/guarded-programs.ts');
      const { lines, paths } = await loadSettings(options.settings).catch(async (error) => {
        // Which line the sign is on cannot be known then; what may have a camera open is ended all the same.
        await endGuardedPrograms();
        throw error;
      });
      await darkenAfterVision(lines, new AimFolder(paths.aim, new NodeDisk()), new SystemClock());
    });
}
