import { copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from '../cache.ts';
import { hostTool } from '../host-tool.ts';
import { AS_ARM64 } from './build-base.ts';
import { requireRoom } from './partition-plan.ts';

/** The parts of one slot, and what an image has beside its slots. */
export interface Slot {
  /** squashfs */
  readonly root: string;
  readonly kernel: string;
  readonly initramfs: string;
  /** The program that UEFI starts. */
  readonly grub: string;
  /** What lies in the data partition of a new card. */
  readonly data: string;
}

export interface SlotParts {
  /** As `buildBase` made it. */
  readonly base: string;
  /** Our package for arm64. */
  readonly deb: string;
  /** By which certificates a bundle's signature is known, PEM. */
  readonly keyring: string;
  readonly timeSeconds: number;
}

const OVERLAY = join(import.meta.dirname, 'root');
const INSIDE = join(import.meta.dirname, 'inside.sh');
const GRUB = 'usr/lib/grub/arm64-efi/monolithic/grubaa64.efi';
/** Not needed any more, or lies below what is mounted there. */
const REMOVED = [
  'boot',
  'usr/lib/grub',
  'var',
  'etc/apt',
  'usr/share/grub',
  'vmlinuz',
  'initrd.img',
  'vmlinuz.old',
  'initrd.img.old',
];
/** What a new data partition has, each bound to its place by the root's fstab. */
const DATA = ['lintel', 'clock', 'rauc'];

/**
 * A Debian with our package, as a read-only root with its kernel.
 * @throws LintelError HOST_TOOL, TOO_LARGE
 */
export async function buildSlot(parts: SlotParts, progress: (line: string) => void): Promise<Slot> {
  const folder = await cached('image-slot', await recipe(parts), async (folder) => {
    const root = join(folder, 'root');
    await mkdir(root);
    progress('installing the package');
    await hostTool('tar', [
      '--extract',
      '--numeric-owner',
      '--xattrs',
      '--file',
      parts.base,
      '--directory',
      root,
    ]);
    await hostTool('cp', ['--recursive', '--no-preserve=ownership', `${OVERLAY}/.`, root]);
    await copyFile(parts.keyring, join(root, 'etc/rauc/keyring.pem'));
    await copyFile(parts.deb, join(root, 'tmp/lintel.deb'));
    await copyFile(INSIDE, join(root, 'tmp/inside.sh'));
    const script = 'mount -t proc proc "$0/proc" && exec chroot "$0" sh /tmp/inside.sh /tmp/lintel.deb';
    await hostTool(AS_ARM64, ['sh', '-c', script, root]);
    await takeOut(root, folder);
    progress('packing the root');
    await packRoot(root, join(folder, 'root.img'), parts.timeSeconds);
    await rm(root, { recursive: true });
  });
  const at = (name: string) => join(folder, name);
  return {
    root: at('root.img'),
    kernel: at('vmlinuz'),
    initramfs: at('initrd.img'),
    grub: at('grub.efi'),
    data: at('data'),
  };
}

async function recipe({ base, deb, keyring, timeSeconds }: SlotParts): Promise<string[]> {
  const entries = await readdir(OVERLAY, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const sources = [...files.sort(), INSIDE, import.meta.filename, keyring];
  const texts = await Promise.all(
    sources.map(async (file) => `${file.slice(OVERLAY.length)} ${await readFile(file, 'utf8')}`),
  );
  return [base, await hostTool('sha256sum', ['--', deb]), String(timeSeconds), ...texts];
}

/** What is not of the root: kernel, initramfs and GRUB lie before it, and some of it in the data partition. */
async function takeOut(root: string, folder: string): Promise<void> {
  const boot = await readdir(join(root, 'boot'));
  for (const name of ['vmlinuz', 'initrd.img']) {
    const versions = boot.filter((file) => file.startsWith(`${name}-`)).sort();
    await copyFile(join(root, 'boot', versions.at(-1)!), join(folder, name));
  }
  await copyFile(join(root, GRUB), join(folder, 'grub.efi'));
  const data = join(folder, 'data');
  for (const name of DATA) await mkdir(join(data, name), { recursive: true });
  // Owners and modes are the package's.
  await hostTool('cp', ['--archive', join(root, 'etc/lintel'), join(data, 'settings')]);
  for (const name of REMOVED) await rm(join(root, name), { recursive: true, force: true });
  for (const name of ['boot/firmware', 'var', 'tmp']) await mkdir(join(root, name), { recursive: true });
  for (const name of await readdir(join(root, 'tmp'))) await rm(join(root, 'tmp', name), { recursive: true });
  await writeFile(join(root, 'etc/machine-id'), '');
}

async function packRoot(root: string, file: string, timeSeconds: number): Promise<void> {
  const times = ['-all-time', String(timeSeconds), '-mkfs-time', String(timeSeconds)];
  const format = ['-comp', 'zstd', '-Xcompression-level', '19', '-b', '256K', '-xattrs'];
  await hostTool('mksquashfs', [root, file, ...format, ...times, '-noappend', '-no-progress', '-quiet']);
  requireRoom('root-a', (await stat(file)).size);
}
