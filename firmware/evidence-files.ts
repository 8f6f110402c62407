import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorCode } from '../src/disk/disk.ts';
import { NodeDisk } from '../src/disk/node-disk.ts';
import { CHECKPOINT_NAME, MAX_EVIDENCE_FILE_BYTES, segmentsIn } from '../src/evidence/found-log.ts';
import type { EvidenceFile } from '../src/evidence/verify-evidence.ts';
import { LintelError } from '../src/lintel-error.ts';

export interface EvidenceFiles {
  readonly segments: readonly EvidenceFile[];
  readonly checkpoint: EvidenceFile | undefined;
}

/**
 * One segment, or all that lies in the folder of a log.
 * @throws LintelError EVIDENCE_UNREADABLE
 */
export async function readEvidence(path: string): Promise<EvidenceFiles> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    (error) => {
      throw unreadable(path, error);
    },
  );
  if (!isFolder) return { segments: [await readEvidenceFile(path)], checkpoint: undefined };
  const names = await new NodeDisk().list(path);
  const segments = await Promise.all(segmentsIn(names).map((name) => readEvidenceFile(join(path, name))));
  if (segments.length === 0) {
    throw new LintelError(
      'EVIDENCE_UNREADABLE',
      `there is no evidence in ${path}: it is in a folder named after the device's key, in 'evidence' in the state folder`,
    );
  }
  const isSigned = names.includes(CHECKPOINT_NAME);
  return {
    segments,
    checkpoint: isSigned ? await readEvidenceFile(join(path, CHECKPOINT_NAME)) : undefined,
  };
}

/** @throws LintelError EVIDENCE_UNREADABLE */
export async function readEvidenceFile(path: string): Promise<EvidenceFile> {
  try {
    return { name: basename(path), bytes: await new NodeDisk().read(path, MAX_EVIDENCE_FILE_BYTES) };
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): LintelError {
  const code = errorCode(error);
  const why =
    code === 'ENOENT'
      ? `there is no ${basename(path)} in ${dirname(path)}: see that the name is right`
      : code === 'EFBIG'
        ? `${path} is over 64 KiB, or no file: it is no evidence`
        : `${path} cannot be read (${code}): see who may read it`;
  return new LintelError('EVIDENCE_UNREADABLE', why, error);
}
