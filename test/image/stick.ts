import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BootFacts } from '../../deploy/image/boot-partition.ts';
import type { Slot } from '../../deploy/image/build-slot.ts';
import { buildBundle } from '../../deploy/image/bundle.ts';
import { fatDisk } from '../../deploy/image/fat-disk.ts';
import type { Signing } from '../../deploy/image/signing.ts';

const MIB = 2 ** 20;

/** Writes an update, and a stick with it as an installer makes one. @returns the stick's image */
export async function stickWithUpdate(
  slot: Slot,
  facts: BootFacts,
  signing: Signing,
  work: string,
): Promise<string> {
  const files = join(work, 'stick');
  await mkdir(files, { recursive: true });
  const bundle = join(files, 'lintel.raucb');
  await buildBundle(slot, facts, signing, join(work, 'parts'), bundle);
  const stick = join(work, `stick-${facts.version}.img`);
  const sizeMiB = Math.ceil((await stat(bundle)).size / MIB) + 48;
  await fatDisk(files, stick, { label: 'LINTEL-UPD', sizeMiB, timeSeconds: facts.timeSeconds });
  await rm(files, { recursive: true });
  return stick;
}
