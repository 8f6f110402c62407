import { copyFile, glob, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { cached } from '../cache.ts';
import { fetchKernelWithGpioSim } from '../debian-kernel.ts';
import { DEBIAN_RELEASE } from '../debian-mirror.ts';
import { ForeignApt, unpack } from '../foreign-apt.ts';
import { hostTool } from '../host-tool.ts';
import { initramfs } from '../initramfs.ts';
import { LIBCAMERA } from '../package/camera-part.ts';

/** What a slot is made from, beside our package. */
export interface Base {
  /** The root, as a tar archive. */
  readonly root: string;
  readonly kernel: string;
  readonly initramfs: string;
  /** The program that UEFI starts. */
  readonly grub: string;
}

/** With what these depend on it is all that our package needs to start, to see, and to be updated. */
const PACKAGES = [
  'base-files',
  'base-passwd',
  'bash',
  'busybox-static',
  'ca-certificates',
  'coreutils',
  'dash',
  'dbus',
  'dosfstools',
  'dpkg',
  'e2fsprogs',
  'findutils',
  'grep',
  'hostname',
  'iproute2',
  'kmod',
  'libc-bin',
  LIBCAMERA.library,
  LIBCAMERA.modules,
  'libstdc++6',
  'mount',
  'rauc',
  'rauc-service',
  'sed',
  'squashfs-tools',
  'systemd',
  'systemd-resolved',
  'systemd-sysv',
  'systemd-timesyncd',
  'udev',
  'util-linux',
];
const GRUB = 'grub-efi-arm64-unsigned';
const GRUB_PROGRAM = 'usr/lib/grub/arm64-efi/monolithic/grubaa64.efi';
/** What a root can lie on: disks of emulated machines and servers, cards, sticks. */
const DRIVERS = [
  ...['virtio_pci', 'virtio_blk', 'nvme', 'ahci', 'sd_mod', 'xhci_pci', 'uas', 'usb_storage'],
  ...['mmc_block', 'sdhci_acpi', 'sdhci_pci', 'sdhci_iproc', 'squashfs'],
];
const INIT = join(import.meta.dirname, 'start/initramfs-init.sh');
/** What nobody reads on a camera. Licences stay. */
const UNREAD = ['usr/share/man', 'usr/share/info', 'usr/share/locale', 'usr/share/doc/*/!(copyright)'];

/**
 * A Debian for arm64 without our package, made once for this recipe. No maintainer script is run, so nothing of its
 * architecture has to run here: what they would do that is of use here, `configureRoot` does.
 * @throws LintelError DEBIAN_MIRROR, NO_KERNEL, HOST_TOOL
 */
export async function buildBase(progress: (line: string) => void): Promise<Base> {
  const parts = ['../initramfs.ts', '../debian-kernel.ts', '../foreign-apt.ts'];
  const files = [import.meta.filename, INIT, ...parts.map((name) => join(import.meta.dirname, name))];
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const folder = await cached('image-base', [...texts, ...PACKAGES], async (folder) => {
    const work = join(folder, 'work');
    const root = join(work, 'root');
    await mkdir(root, { recursive: true });
    progress(`fetching a Debian ${DEBIAN_RELEASE} for arm64`);
    const apt = await ForeignApt.open(join(work, 'apt'), 'arm64');
    const packages = await apt.fetchWithDependencies(PACKAGES);
    const kernel = await fetchKernelWithGpioSim(apt);
    const grub = await apt.fetch([GRUB]);
    progress('unpacking it');
    await unpack([...packages, ...kernel], root);
    await unpack(grub, join(work, 'grub'));
    await copyFile(join(work, 'grub', GRUB_PROGRAM), join(folder, 'grub.efi'));
    await takeKernel(root, folder);
    await writeCommon(root);
    const names = [...packages, ...kernel, ...grub].map((file) => `${basename(file, '.deb')}\n`).sort();
    await writeFile(join(root, 'usr/share/doc/packages'), names.join(''));
    await hostTool('tar', [
      '--create',
      '--numeric-owner',
      '--xattrs',
      '-f',
      join(folder, 'root.tar'),
      '-C',
      root,
      '.',
    ]);
    await rm(work, { recursive: true });
  });
  const at = (name: string) => join(folder, name);
  return { root: at('root.tar'), kernel: at('vmlinuz'), initramfs: at('initrd.img'), grub: at('grub.efi') };
}

/** Kernel and initramfs lie in a partition of their own. */
async function takeKernel(root: string, folder: string): Promise<void> {
  const [version] = await readdir(join(root, 'usr/lib/modules'));
  await hostTool('depmod', ['-b', root, version!]);
  const [kernel] = await Array.fromAsync(glob('{boot,usr/lib/modules/*}/vmlinuz*', { cwd: root }));
  await copyFile(join(root, kernel!), join(folder, 'vmlinuz'));
  await initramfs({ root, version: version!, drivers: DRIVERS, init: INIT }, join(folder, 'initrd.img'));
  for (const place of [
    'boot',
    ...(await Array.fromAsync(glob('usr/lib/modules/*/{vmlinuz,dtb}', { cwd: root }))),
  ]) {
    await rm(join(root, place), { recursive: true });
  }
}

/** What each Debian is given by base-passwd and ca-certificates, and what is left out of this one. */
async function writeCommon(root: string): Promise<void> {
  for (const name of ['passwd', 'group']) {
    await copyFile(join(root, `usr/share/base-passwd/${name}.master`), join(root, 'etc', name));
  }
  const certificates = await Array.fromAsync(glob('usr/share/ca-certificates/**/*.crt', { cwd: root }));
  const texts = await Promise.all(certificates.sort().map((file) => readFile(join(root, file), 'utf8')));
  await mkdir(join(root, 'etc/ssl/certs'), { recursive: true });
  await writeFile(join(root, 'etc/ssl/certs/ca-certificates.crt'), texts.join(''));
  for (const pattern of UNREAD) {
    for await (const path of glob(pattern, { cwd: root }))
      await rm(join(root, path), { recursive: true, force: true });
  }
}
