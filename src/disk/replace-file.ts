import { dirname } from 'node:path';
import type { Disk, Readers } from './disk.ts';

/**
 * Puts `bytes` in the place of the file at `path`, so that a power cut leaves the old or the new ones, never half:
 * they are written beside it, and renamed over it. Once it resolves, no power cut brings the old ones back.
 */
export async function replaceFile(
  disk: Disk,
  path: string,
  bytes: Uint8Array,
  readers?: Readers,
): Promise<void> {
  await disk.write(`${path}.tmp`, bytes, readers);
  await disk.rename(`${path}.tmp`, path);
  await disk.syncDirectory(dirname(path));
}

/**
 * Reads what `replaceFile` left. Once it resolves, no power cut brings older bytes back: the program that wrote these
 * may have been killed before their name was safe.
 */
export async function readReplaced(disk: Disk, path: string, maxBytes: number): Promise<Uint8Array> {
  const bytes = await disk.read(path, maxBytes);
  await disk.syncDirectory(dirname(path));
  return bytes;
}
