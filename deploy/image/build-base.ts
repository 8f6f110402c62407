import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from '../cache.ts';
import { DEBIAN_RELEASE, debianSources } from '../debian-mirror.ts';
import { hostTool } from '../host-tool.ts';

export const AS_ARM64 = join(import.meta.dirname, 'as-arm64.sh');
/** What has to lie in the root before the kernel's package makes its initramfs. */
const EARLY = join(import.meta.dirname, 'base');

/** With what these depend on, and what every Debian has, it is all that our package needs to start, and to be updated. */
const PACKAGES = [
  'ca-certificates',
  'dbus',
  'dosfstools',
  'e2fsprogs',
  'grub-efi-arm64-bin',
  'initramfs-tools',
  'kmod',
  'libstdc++6',
  // The newer one of backports: the stock one cannot simulate the lines of a door, so nothing could be shown of it.
  `linux-image-arm64/${DEBIAN_RELEASE}-backports`,
  'rauc',
  'rauc-service',
  'systemd',
  'systemd-resolved',
  'systemd-sysv',
  'systemd-timesyncd',
  'udev',
  'zstd',
];

/** What nobody reads on a camera. Licences stay. */
const LEFT_OUT = [
  'path-exclude=/usr/share/man/*',
  'path-exclude=/usr/share/info/*',
  'path-exclude=/usr/share/locale/*',
  'path-exclude=/usr/share/doc/*',
  'path-include=/usr/share/doc/*/copyright',
];

/**
 * A Debian for arm64 without our package, made once for this recipe. Maintainer scripts run, by qemu-user.
 * @returns the path of `base.tar`
 * @throws LintelError DEBIAN_MIRROR, HOST_TOOL
 */
export async function buildBase(progress: (line: string) => void): Promise<string> {
  const early = ['etc/initramfs-tools/conf.d/lintel', 'usr/share/initramfs-tools/modules.d/lintel'];
  const recipe = await Promise.all(early.map((file) => readFile(join(EARLY, file), 'utf8')));
  const folder = await cached('image-base', [...recipe, ...PACKAGES, ...LEFT_OUT], async (folder) => {
    progress(`making a Debian ${DEBIAN_RELEASE} for arm64 (some minutes, once)`);
    const placed = join(folder, 'early');
    await mkdir(placed);
    await cp(EARLY, placed, { recursive: true });
    await hostTool(AS_ARM64, [
      ...['mmdebstrap', '--variant=minbase', '--mode=root', '--architectures=arm64', '--skip=check/qemu'],
      ...['--aptopt=APT::Install-Recommends "false"', ...LEFT_OUT.map((line) => `--dpkgopt=${line}`)],
      `--essential-hook=sync-in "${placed}" /`,
      ...[`--include=${PACKAGES.join(',')}`, DEBIAN_RELEASE, join(folder, 'base.tar')],
      ...(await debianSources()),
    ]);
    await rm(placed, { recursive: true });
  });
  return join(folder, 'base.tar');
}
