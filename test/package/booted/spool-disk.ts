import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hostTool } from '../../../deploy/host-tool.ts';
import type { BootedDebian } from './booted-debian.ts';

export const SPOOL = '/var/lib/lintel/spool';
const IMAGE = 'var/spool-disk';
const DEVICE = '/dev/spool-disk';
const MINORS = 256;

/** Mounts a disk of its own at the spool: that disk alone can fail. It goes with the Debian. */
export async function mountSpoolDisk(debian: BootedDebian): Promise<void> {
  const image = join(debian.root, IMAGE);
  await hostTool('truncate', ['--size=16M', image]);
  await hostTool('mkfs.ext4', ['-q', image]);
  const loop = (await hostTool('losetup', ['--find', '--show', image])).trim();
  try {
    const { rdev } = await stat(loop);
    await debian.must(['mknod', DEVICE, 'b', String(Math.floor(rdev / MINORS)), String(rdev % MINORS)]);
    await debian.must(['mount', DEVICE, SPOOL]);
  } finally {
    // The kernel does it once it is unmounted.
    await hostTool('losetup', ['--detach', loop]);
  }
  await debian.must(['rmdir', `${SPOOL}/lost+found`]);
  await debian.must(['systemd-tmpfiles', '--create', 'lintel.conf']);
}
