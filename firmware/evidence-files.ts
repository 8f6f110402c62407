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
  const disk = new NodeDisk();
  // Before the records: vision may add to them meanwhile, and what this was signed over is there by now.
  const isSigned = (await disk.list(path)).includes(CHECKPOINT_NAME);
  const checkpoint = isSigned ? await readEvidenceFile(join(path, CHECKPOINT_NAME)) : undefined;
  const names = segmentsIn(await disk.list(path));
  if (names.length === 0) {
    throw new LintelError(
      'EVIDENCE_UNREADABLE',
      `there is no evidence in ${path}: it is in a folder named after the device's key, in 'evidence' in the state folder`,
    );
  }
  return {
    segments: await Promise.all(names.map((name) => readEvidenceFile(join(path, name)))),
    checkpoint,
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
