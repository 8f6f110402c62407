import { spawn } from 'node:child_process';
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
    thawAfter(process.pid, loop);
  } finally {
    // The kernel does it once it is unmounted.
    await hostTool('losetup', ['--detach', loop]);
  }
  await debian.must(['rmdir', `${SPOOL}/lost+found`]);
  await debian.must(['systemd-tmpfiles', '--create', 'lintel.conf']);
}

/**
 * A disk that stays frozen cannot be unmounted, and what waits for it cannot be ended: it is thawed when a process has ended,
 * however that did.
 */
function thawAfter(pid: number, loop: string): void {
  const script = `while kill -0 "$1"; do sleep 1; done
losetup --noheadings --output BACK-FILE "$2" | grep ${IMAGE} || exit
place=$(mktemp -d) && mount "$2" "$place" && fsfreeze --unfreeze "$place"
umount "$place"; rmdir "$place"`;
  const thaw = spawn('sh', ['-c', script, 'thaw', String(pid), loop], { detached: true, stdio: 'ignore' });
  thaw.unref();
}
