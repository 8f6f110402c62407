import { errorCode } from '../disk/disk.ts';
import { LintelError } from '../lintel-error.ts';

/** What failed in the spool, as an error that says what to do: SPOOL_FULL or SPOOL_IO. */
export function spoolError(folder: string, cause: unknown): LintelError {
  if (cause instanceof LintelError) return cause;
  const code = errorCode(cause);
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? new LintelError('SPOOL_FULL', `the disk of ${folder} is full: make room on it`, cause)
    : new LintelError(
        'SPOOL_IO',
        `${folder} cannot be used (${code}): see that it exists and who may write in it`,
        cause,
      );
}
