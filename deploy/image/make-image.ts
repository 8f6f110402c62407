import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { requireHostPackages } from '../host-packages.ts';
import { buildPackage } from '../package/build-package.ts';
import { targetFor } from '../package/target.ts';
import { assembleImage } from './assemble.ts';
import type { BootFacts } from './boot-partition.ts';
import { buildBase } from './build-base.ts';
import { buildSlot, type Slot } from './build-slot.ts';

/** Each program that makes an image, and the Debian package that has it. */
const NEEDED = {
  mksquashfs: 'squashfs-tools',
  mcopy: 'mtools',
  'mkfs.vfat': 'dosfstools',
  'mkfs.ext4': 'e2fsprogs',
  sfdisk: 'fdisk',
  rauc: 'rauc',
  openssl: 'openssl',
  zstd: 'zstd',
  'aarch64-linux-gnu-g++': 'g++-aarch64-linux-gnu',
  depmod: 'kmod',
  cpio: 'cpio',
  xz: 'xz-utils',
  'systemd-sysusers': 'systemd',
};

export interface MadeSlot {
  readonly slot: Slot;
  readonly facts: BootFacts;
  /** As its files are named. */
  readonly name: string;
}

/**
 * Makes a slot of what is checked out here. Needs root.
 * @param keyring by which certificates it will know updates
 * @throws LintelError
 */
export async function makeSlot(
  checkout: string,
  keyring: string,
  folder: string,
  progress: (line: string) => void,
): Promise<MadeSlot> {
  await requireHostPackages(NEEDED, progress);
  progress('making the package for arm64');
  const { file, version, timeSeconds } = await buildPackage(checkout, targetFor('arm64'), folder);
  const base = await buildBase(progress);
  const slot = await buildSlot({ base, deb: file, keyring, timeSeconds }, progress);
  return { slot, facts: { version, timeSeconds }, name: `lintel_${version}_arm64` };
}

/** Writes the image of a slot in `folder`. @returns its path */
export async function writeImage({ slot, facts, name }: MadeSlot, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const work = join(folder, 'parts');
  const image = join(folder, `${name}.img`);
  await assembleImage(slot, facts, work, image);
  await rm(work, { recursive: true });
  return image;
}
