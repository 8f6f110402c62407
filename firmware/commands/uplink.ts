import type { Command } from 'commander';
import { endWithRun } from './ending.ts';
import { runService } from './service.ts';

export function addUplink(program: Command): void {
  program
    .command('uplink')
    .description('send the reports in the spool to the broker: has no camera, no lines and no pixels')
    .requiredOption('--settings <file>', "the settings, as 'lintel settings' prints them")
    .addHelpText(
      'after',
      '\nThe log is one JSON object a line. SIGTERM or Ctrl-C ends. Exit code 78: the settings do not allow it.',
    )
    .action(async (options: { settings: string }) => {
      endWithRun();
      const { loadSettings } = await import('../../src/config/settings.ts');
      const { runUplink } = await import('../uplink.ts');
      await runService(async () => {
        const { site, broker, count, paths } = await loadSettings(options.settings);
        return runUplink({
          brokerUrl: broker.url,
          otherUrls: broker.otherUrls,
          allowsOldMqtt: broker.allowsOldMqtt,
          tls: broker,
          profile: broker.profile,
          site: site.name,
          device: site.device,
          spoolDir: paths.spool,
          windowSeconds: count.windowMinutes * 60,
        });
      });
    });
}
