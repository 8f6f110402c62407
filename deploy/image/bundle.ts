import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hostTool } from '../host-tool.ts';
import { type BootFacts, buildBoot } from './boot-partition.ts';
import type { Slot } from './build-slot.ts';
import type { Signing } from './signing.ts';

/** What a device and an update have to agree in (root/etc/rauc/system.conf). */
const COMPATIBLE = 'lintel-arm64';

/**
 * Writes a signed update, of format `plain`: it is checked as a whole before anything of it is read. Debian's RAUC cannot read
 * `verity` under kernels since 6.19 (https://github.com/rauc/rauc/issues/1842).
 * @param work a folder for its parts
 * @throws LintelError HOST_TOOL
 */
export async function buildBundle(
  slot: Slot,
  facts: BootFacts,
  { certificate, key, keyring }: Signing,
  work: string,
  file: string,
): Promise<void> {
  const input = join(work, 'bundle');
  await rm(input, { recursive: true, force: true });
  await mkdir(input, { recursive: true });
  await buildBoot(slot, facts, join(input, 'boot.img'));
  await copyFile(slot.root, join(input, 'root.img'));
  await writeFile(join(input, 'manifest.raucm'), manifest(facts.version));
  await rm(file, { force: true });
  // It is packed already, and time stands still in it.
  const options = ['--mksquashfs-args=-comp zstd -Xcompression-level 3'];
  const sign = ['bundle', `--cert=${certificate}`, `--key=${key}`, `--keyring=${keyring}`, ...options];
  await hostTool('env', [`SOURCE_DATE_EPOCH=${facts.timeSeconds}`, 'rauc', ...sign, input, file]);
  await rm(input, { recursive: true });
}

export function manifest(version: string): string {
  return `[update]
compatible=${COMPATIBLE}
version=${version}

[bundle]
format=plain

[image.rootfs]
filename=root.img

[image.boot]
filename=boot.img
`;
}
