import { keptCheckpoint } from '../src/evidence/kept-checkpoint.ts';
import { type VerifiedEvidence, verifyEvidence } from '../src/evidence/verify-evidence.ts';
import { readEvidence, readEvidenceFile } from './evidence-files.ts';

export interface VerifyPathOptions {
  /** A fingerprint. */
  readonly key?: string | undefined;
  /** The file of a checkpoint that was kept elsewhere. */
  readonly checkpoint?: string | undefined;
}

/** @throws EvidenceBroken when it does not hold; LintelError EVIDENCE_UNREADABLE */
export async function verifyPath(path: string, options: VerifyPathOptions): Promise<VerifiedEvidence> {
  const files = await readEvidence(path);
  const kept = options.checkpoint === undefined ? undefined : await readEvidenceFile(options.checkpoint);
  return verifyEvidence({
    ...files,
    key: options.key,
    kept: kept && ((publicKey, records) => keptCheckpoint(kept.bytes, publicKey, records)),
  });
}
