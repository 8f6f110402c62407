import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { hostTool } from '../../../deploy/host-tool.ts';

/** What has to be there before the disks can be mounted. */
const drivers = ['virtio_pci', 'virtio_blk', 'ext4'];

/** Makes the archive that the kernel starts from: busybox, the drivers in the order to load them, and `/init`. */
export async function initramfs(root: string, kernelVersion: string, archive: string): Promise<void> {
  const tree = `${archive}.tree`;
  for (const folder of ['bin', 'proc', 'sys', 'dev', 'root', 'drivers']) {
    await mkdir(join(tree, folder), { recursive: true });
  }
  await copyFile(join(root, 'usr/bin/busybox'), join(tree, 'bin/busybox'));
  await copyFile(join(import.meta.dirname, 'initramfs-init.sh'), join(tree, 'init'));

  const asked = ['--show-depends', '--dirname', root, '--set-version', kernelVersion, '--all', ...drivers];
  const answer = await hostTool('modprobe', asked);
  const order = new Set(Array.from(answer.matchAll(/^insmod (\S+)\.xz/gm), ([, path]) => path!));
  for (const path of order) {
    await hostTool('sh', ['-c', 'xz -dc "$1.xz" > "$2"', 'sh', path, join(tree, 'drivers', basename(path))]);
  }
  await writeFile(join(tree, 'drivers/order'), Array.from(order, (path) => `${basename(path)}\n`).join(''));

  const pack = 'chmod 755 init && find . | cpio --create --format=newc --owner=0:0 --quiet | gzip -1 > "$1"';
  await hostTool('sh', ['-c', pack, 'sh', archive], tree);
  await rm(tree, { recursive: true });
}
