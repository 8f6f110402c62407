import { copyFile, cp, glob, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchKernelWithGpioSim } from '../../../deploy/debian-kernel.ts';
import { ForeignApt, SIMULATED_CAMERA, unpack } from '../../../deploy/foreign-apt.ts';
import { hostTool } from '../../../deploy/host-tool.ts';
import { initramfs } from '../../../deploy/initramfs.ts';
import { diskImage } from './disk-image.ts';

/** What the guest has besides the kernel; what these depend on comes along. */
const guestPackages = [
  'base-files',
  'base-passwd',
  'bash',
  'busybox-static',
  'coreutils',
  'dash',
  'grep',
  'iproute2',
  'kmod',
  'libcamera-dev',
  'libcamera-tools',
  'libstdc++6',
  'mosquitto',
  'mount',
  'procps',
  'sed',
  'udev',
  'util-linux',
];

/** What has to be there before the disks can be mounted. */
const drivers = ['virtio_pci', 'virtio_blk', 'ext4'];
const init = join(import.meta.dirname, 'initramfs-init.sh');

/**
 * Fills `folder` with `kernel`, `initramfs`, `root.ext4`, and in `usr` what a compiler needs for the guest's libcamera.
 * No maintainer script is run, so nothing of the guest's architecture has to run on the host.
 * @throws LintelError NO_KERNEL, DEBIAN_MIRROR, HOST_TOOL
 */
export async function buildDebianRoot(folder: string, progress: (line: string) => void): Promise<void> {
  const work = join(folder, 'work');
  const root = join(work, 'root');
  await mkdir(root, { recursive: true });

  progress('reading the package lists');
  const apt = await ForeignApt.open(join(work, 'apt'), 'arm64', SIMULATED_CAMERA);
  progress("fetching the guest's packages");
  await unpack(await apt.fetchWithDependencies(guestPackages), root);
  progress('fetching the kernel');
  await unpack(await fetchKernelWithGpioSim(apt), root);

  const [version] = await readdir(join(root, 'usr/lib/modules'));
  await hostTool('depmod', ['-b', root, version!]);
  const [kernel] = await Array.fromAsync(glob('{boot,usr/lib/modules/*}/vmlinuz*', { cwd: root }));
  await copyFile(join(root, kernel!), join(folder, 'kernel'));
  await initramfs({ root, version: version!, drivers, init }, join(folder, 'initramfs'));

  for await (const path of glob('usr/{include/libcamera,lib/*/libcamera*.so*}', { cwd: root })) {
    await cp(join(root, path), join(folder, path), { recursive: true, verbatimSymlinks: true });
  }

  progress("making the guest's disk");
  for (const name of ['passwd', 'group']) {
    await copyFile(join(root, `usr/share/base-passwd/${name}.master`), join(root, 'etc', name));
  }
  for (const unread of ['doc', 'man', 'locale'])
    await rm(join(root, 'usr/share', unread), { recursive: true });
  for (const place of ['lintel', 'data']) await mkdir(join(root, place));
  await diskImage(root, join(folder, 'root.ext4'), 256);
  await rm(work, { recursive: true });
}
