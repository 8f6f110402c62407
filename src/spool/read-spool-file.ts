import { type Disk, errorCode } from '../disk/disk.ts';
import { LintelError } from '../lintel-error.ts';
import { spoolError } from './spool-error.ts';
import { MAX_SPOOL_FILE_BYTES } from './spool-name.ts';

/**
 * @returns undefined when the file is not there (any more)
 * @throws LintelError SPOOL_OVERSIZED when it cannot be one of vision's files; SPOOL_IO when it cannot be read
 */
export async function readSpoolFile(disk: Disk, path: string): Promise<Uint8Array | undefined> {
  try {
    return await disk.read(path, MAX_SPOOL_FILE_BYTES);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    if (errorCode(error) !== 'EFBIG') throw spoolError(path, error);
    throw new LintelError('SPOOL_OVERSIZED', `${path} is over 64 KiB, or not a plain file`, error);
  }
}
