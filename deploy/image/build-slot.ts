import { copyFile, cp, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from '../cache.ts';
import { unpack } from '../foreign-apt.ts';
import { hostTool } from '../host-tool.ts';
import type { Base } from './build-base.ts';
import { configureRoot, emptyRoot } from './configure-root.ts';
import { requireRoom } from './partition-plan.ts';

/** The parts of one slot, and what an image has beside its slots. */
export interface Slot extends Omit<Base, 'root'> {
  /** squashfs */
  readonly root: string;
  /** What lies in the data partition of a new card. */
  readonly data: string;
}

export interface SlotParts {
  readonly base: Base;
  /** Our package for arm64. */
  readonly deb: string;
  /** By which certificates a bundle's signature is known, PEM. */
  readonly keyring: string;
  readonly timeSeconds: number;
}

const OVERLAY = join(import.meta.dirname, 'root');
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
    await hostTool('tar', ['--extract', '--numeric-owner', '--xattrs', '-f', parts.base.root, '-C', root]);
    await unpack([parts.deb], root);
    await cp(OVERLAY, root, { recursive: true });
    await copyFile(parts.keyring, join(root, 'etc/rauc/keyring.pem'));
    await configureRoot(root);
    for (const name of DATA) await mkdir(join(folder, 'data', name), { recursive: true });
    await hostTool('cp', ['--archive', join(root, 'etc/lintel'), join(folder, 'data/settings')]);
    await emptyRoot(root);
    progress('packing the root');
    await packRoot(root, join(folder, 'root.img'), parts.timeSeconds);
    await rm(root, { recursive: true });
  });
  return { ...parts.base, root: join(folder, 'root.img'), data: join(folder, 'data') };
}

async function recipe({ base, deb, keyring, timeSeconds }: SlotParts): Promise<string[]> {
  const entries = await readdir(OVERLAY, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const programs = ['build-slot.ts', 'configure-root.ts'].map((name) => join(import.meta.dirname, name));
  const sources = [...files.sort(), ...programs, keyring];
  const texts = await Promise.all(sources.map(async (file) => `${file}\n${await readFile(file, 'utf8')}`));
  return [base.root, await hostTool('sha256sum', ['--', deb]), String(timeSeconds), ...texts];
}

async function packRoot(root: string, file: string, timeSeconds: number): Promise<void> {
  const times = ['-all-time', String(timeSeconds), '-mkfs-time', String(timeSeconds)];
  const format = ['-comp', 'zstd', '-Xcompression-level', '9', '-b', '256K', '-xattrs'];
  await hostTool('mksquashfs', [root, file, ...format, ...times, '-noappend', '-no-progress', '-quiet']);
  requireRoom('root-a', (await stat(file)).size);
}
