import { LintelError } from '../lintel-error.ts';

/** What is wrong with evidence: `damaged` records, records `missing` at the end, a `signature`, or another `key`. */
export type EvidenceFault = 'damaged' | 'missing' | 'signature' | 'key';

/** Evidence that does not hold, and the first record, or the one after it, from which on it does not. */
export class EvidenceBroken extends LintelError {
  readonly fault: EvidenceFault;
  readonly record: number | undefined;

  constructor(fault: EvidenceFault, message: string, record?: number) {
    super('EVIDENCE_BROKEN', message);
    this.fault = fault;
    this.record = record;
  }
}
