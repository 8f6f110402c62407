import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { hostTool } from './host-tool.ts';

export interface Initramfs {
  /** Has the kernel's modules, and busybox. */
  readonly root: string;
  /** Of the kernel. */
  readonly version: string;
  /** Loaded in an order in which each finds what it needs, which is here too. */
  readonly drivers: readonly string[];
  /** The program that the kernel starts, for busybox. */
  readonly init: string;
}

/** Makes the archive that the kernel starts from: busybox, the drivers in the order to load them, and `/init`. */
export async function initramfs({ root, version, drivers, init }: Initramfs, archive: string): Promise<void> {
  const tree = `${archive}.tree`;
  for (const folder of ['bin', 'proc', 'sys', 'dev', 'root', 'drivers']) {
    await mkdir(join(tree, folder), { recursive: true });
  }
  await copyFile(join(root, 'usr/bin/busybox'), join(tree, 'bin/busybox'));
  await copyFile(init, join(tree, 'init'));

  const asked = ['--show-depends', '--dirname', root, '--set-version', version, '--all', ...drivers];
  const answer = await hostTool('modprobe', asked);
  const order = new Set(Array.from(answer.matchAll(/^insmod (\S+)\.xz/gm), ([, path]) => path!));
  for (const path of order) {
    await hostTool('sh', ['-c', 'xz -dc "$1.xz" > "$2"', 'sh', path, join(tree, 'drivers', basename(path))]);
  }
  await writeFile(join(tree, 'drivers/order'), Array.from(order, (path) => `${basename(path)}\n`).join(''));

  const pack = `chmod 755 init && find . -exec touch --no-dereference --date=@0 {} + &&
    find . | LC_ALL=C sort | cpio --create --format=newc --owner=0:0 --reproducible --quiet | gzip -1n > "$1"`;
  await hostTool('sh', ['-c', pack, 'sh', archive], tree);
  await rm(tree, { recursive: true });
}
