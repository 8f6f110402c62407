import { copyFile, cp, glob, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ForeignApt, SIMULATED_CAMERA } from '../../../deploy/foreign-apt.ts';
import { hostTool } from '../../../deploy/host-tool.ts';
import { LintelError } from '../../../src/lintel-error.ts';
import { diskImage } from './disk-image.ts';
import { initramfs } from './initramfs.ts';

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
  for (const file of await apt.fetchWithDependencies(guestPackages)) await unpack(file, root);
  progress('fetching the kernel');
  for (const file of await fetchKernelWithGpioSim(apt)) await unpack(file, root);

  const [version] = await readdir(join(root, 'usr/lib/modules'));
  await hostTool('depmod', ['-b', root, version!]);
  const [kernel] = await Array.fromAsync(glob('{boot,usr/lib/modules/*}/vmlinuz*', { cwd: root }));
  await copyFile(join(root, kernel!), join(folder, 'kernel'));
  await initramfs(root, version!, join(folder, 'initramfs'));

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

function unpack(packageFile: string, root: string): Promise<string> {
  return hostTool('dpkg-deb', ['--extract', packageFile, root]);
}

/**
 * The packages of the newest kernel that simulates GPIO chips: Debian's own 6.12 does not, and which backport does
 * changes. Since 7.0 a kernel is spread over several packages.
 */
async function fetchKernelWithGpioSim(apt: ForeignApt): Promise<string[]> {
  const names = await apt.names('linux-');
  const versions = names.flatMap((name) => /^linux-image-(\d[^-]*-arm64)$/.exec(name)?.[1] ?? []);
  const newest = versions.toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true })).slice(0, 3);
  for (const version of newest) {
    const parts = ['image', 'base', 'binary', 'modules'].map((part) => `linux-${part}-${version}`);
    const files = await apt.fetch(parts.filter((name) => names.includes(name)));
    const contents = files.map((file) => hostTool('dpkg-deb', ['--contents', file]));
    if ((await Promise.all(contents)).join('').includes('/gpio-sim.ko')) return files;
  }
  throw new LintelError(
    'NO_KERNEL',
    `no gpio-sim.ko in Debian's kernels ${newest.join(', ')}: look in another suite`,
  );
}
