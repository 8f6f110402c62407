import type { Command } from 'commander';

export function addFirstStart(program: Command): void {
  program
    .command('first-start')
    .description('take settings and broker certificates from a folder on the boot partition')
    .requiredOption('--from <folder>', 'where an installer has put lintel.toml, and certificates in keys/')
    .requiredOption('--settings <file>', 'the settings file to put in place; certificates go beside it')
    .addHelpText(
      'after',
      `
All is checked first, as 'lintel settings --check' does; what cannot be used changes nothing. The private key is erased
from the folder once it is safe in its place, and lintel.toml is renamed, so that it is taken once. The service manager
runs it, as root, before the other services.`,
    )
    .action(async ({ from, settings }: { from: string; settings: string }) => {
      const { resolve } = await import('node:path');
      const { TlsIdentity } = await import('../../src/broker/tls-identity.ts');
      const { NodeDisk } = await import('../../src/disk/node-disk.ts');
      const { firstStart } = await import('../first-start/first-start.ts');
      const { eraseFile, ownLike } = await import('../first-start/owned-files.ts');
      const target = resolve(settings);
      const say = (line: string) => void process.stdout.write(`lintel: ${line}\n`);
      const found = await firstStart({
        from: resolve(from),
        settings: target,
        disk: new NodeDisk(),
        own: (path, kind) => ownLike(target, path, kind),
        erase: eraseFile,
        checkKeys: async (files) => void (await new TlsIdentity(files).options()),
        say,
      });
      if (!found) say(`there is nothing to take in ${from}`);
    });
}
