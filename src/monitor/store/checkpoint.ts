import type { Status } from '../../wire/status.ts';

/** The longest log of evidence that a key has shown, and the time of the status in which it did first. */
export interface KeptCheckpoint {
  readonly size: number;
  /** 64 hexadecimal digits. */
  readonly root: string;
  readonly timeSeconds: number;
}

/**
 * Whether a status by the same key shows that records were taken away or written anew (RFC 6962: a tree of one size has one root,
 * and only grows). That a longer log continues the one before is not seen here: that takes its records.
 */
export function contradicts({ state, timeSeconds, evidence }: Status, kept: KeptCheckpoint): boolean {
  if (evidence.size === kept.size) return rootText(evidence.root) !== kept.root;
  // What was signed before may arrive later, and `lost` always has the checkpoint of the program's start.
  return evidence.size < kept.size && timeSeconds > kept.timeSeconds && state !== 'lost';
}

export function rootText(root: Uint8Array): string {
  return Buffer.from(root).toString('hex');
}
