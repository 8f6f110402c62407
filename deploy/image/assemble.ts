import { copyFile, mkdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hostTool } from '../host-tool.ts';
import { type BootFacts, buildBoot } from './boot-partition.ts';
import type { Slot } from './build-slot.ts';
import { fatDisk } from './fat-disk.ts';
import { DISK_MIB, type PartitionName, partition, partitionTable } from './partition-plan.ts';

const START = join(import.meta.dirname, 'start');
const GRUB_ENVIRONMENT_BYTES = 1024;

/** Slot A is good, and none is to be tried (root/usr/lib/lintel-image/slots). */
export function grubEnvironment(): string {
  return '# GRUB Environment Block\nlintel_good=A\nlintel_try=\n'.padEnd(GRUB_ENVIRONMENT_BYTES, '#');
}

/**
 * Writes a disk image of one slot, with room for a second and for what outlives both. Needs neither mounts nor loop devices.
 * @param work a folder for its parts, which stay there
 * @throws LintelError HOST_TOOL
 */
export async function assembleImage(
  slot: Slot,
  facts: BootFacts,
  work: string,
  image: string,
): Promise<void> {
  await mkdir(work, { recursive: true });
  const at = (name: string) => join(work, name);
  await buildBoot(slot, facts, at('boot.img'));
  await startPartition(slot, facts.timeSeconds, at('start.img'));
  await dataPartition(slot, facts.timeSeconds, at('data.img'));

  await rm(image, { force: true });
  await writeFile(image, '');
  await truncate(image, DISK_MIB * 2 ** 20);
  await writeFile(at('table'), partitionTable());
  await hostTool('sh', ['-c', 'sfdisk --quiet --no-reread --no-tell-kernel "$1" <"$0"', at('table'), image]);
  await place(at('start.img'), image, 'start');
  await place(at('boot.img'), image, 'boot-a');
  await place(slot.root, image, 'root-a');
  await place(at('data.img'), image, 'data');
}

async function startPartition(slot: Slot, timeSeconds: number, file: string): Promise<void> {
  const files = `${file}.files`;
  for (const folder of ['EFI/BOOT', 'EFI/debian', 'lintel/keys']) {
    await mkdir(join(files, folder), { recursive: true });
  }
  await copyFile(slot.grub, join(files, 'EFI/BOOT/BOOTAA64.EFI'));
  await copyFile(join(START, 'grub.cfg'), join(files, 'EFI/debian/grub.cfg'));
  await writeFile(join(files, 'EFI/debian/grubenv'), grubEnvironment());
  await copyFile(join(START, 'README.txt'), join(files, 'lintel/README.txt'));
  const { sizeMiB } = partition('start');
  await fatDisk(files, file, { label: 'LINTEL', sizeMiB, timeSeconds });
  await rm(files, { recursive: true });
}

async function dataPartition(slot: Slot, timeSeconds: number, file: string): Promise<void> {
  const { uuid, sizeMiB } = partition('data');
  await rm(file, { force: true });
  await writeFile(file, '');
  await truncate(file, sizeMiB * 2 ** 20);
  const alike = ['-U', uuid, '-E', `hash_seed=${uuid},root_owner=0:0,lazy_itable_init=0`];
  const make = ['mkfs.ext4', '-q', '-F', '-L', 'lintel-data', ...alike, '-d', slot.data, file];
  await hostTool('env', [`E2FSPROGS_FAKE_TIME=${timeSeconds}`, ...make]);
}

/** Writes a partition's content to its place. */
export async function place(from: string, image: string, name: PartitionName): Promise<void> {
  const to = [
    `of=${image}`,
    'bs=1M',
    `seek=${partition(name).startMiB}`,
    'conv=notrunc,sparse',
    'status=none',
  ];
  await hostTool('dd', [`if=${from}`, ...to]);
}
