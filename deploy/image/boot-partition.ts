import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Slot } from './build-slot.ts';
import { fatDisk } from './fat-disk.ts';
import { partition } from './partition-plan.ts';

export interface BootFacts {
  readonly version: string;
  readonly timeSeconds: number;
  /** More for the kernel's command line. */
  readonly options?: string;
}

/** What starts a slot's root: the same in both slots. Its version is told by the kernel's command line. */
export async function buildBoot(slot: Slot, facts: BootFacts, file: string): Promise<void> {
  // Nothing in the root waits to be brought up to date.
  const options = `ro quiet panic=10 systemd.condition_needs_update=no lintel.version=${facts.version} ${facts.options ?? ''}`;
  const work = `${file}.files`;
  await mkdir(work, { recursive: true });
  await writeFile(join(work, 'options.cfg'), `set options="${options.trim()}"\n`);
  await copyFile(slot.kernel, join(work, 'vmlinuz'));
  await copyFile(slot.initramfs, join(work, 'initrd.img'));
  await fatDisk(work, file, {
    label: 'BOOT',
    sizeMiB: partition('boot-a').sizeMiB,
    timeSeconds: facts.timeSeconds,
  });
  await rm(work, { recursive: true });
}
