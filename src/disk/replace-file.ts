import { dirname } from 'node:path';
import type { Disk } from './disk.ts';

/**
 * Puts `bytes` in the place of the file at `path`, so that a power cut leaves the old or the new ones, never half:
 * they are written beside it, and renamed over it. Once it resolves, no power cut brings the old ones back.
 */
export async function replaceFile(disk: Disk, path: string, bytes: Uint8Array): Promise<void> {
  await disk.write(`${path}.tmp`, bytes);
  await disk.rename(`${path}.tmp`, path);
  await disk.syncDirectory(dirname(path));
}
