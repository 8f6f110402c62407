import { exampleSigner } from './example-signer.ts';
import type { Status } from './status.ts';
import { encodeStatus } from './status-codec.ts';

/** A status of the door `hall/front`, for tests; `changes` replaces what a test is about. */
export function signedStatus(changes: Partial<Status> = {}): Uint8Array {
  const status: Status = {
    state: 'running',
    sense: 'wired',
    timeSeconds: Date.UTC(2026, 0, 5, 15) / 1000,
    software: [0, 1, 0],
    modelsSha256: new Uint8Array(32).fill(1),
    settingsSha256: new Uint8Array(32).fill(2),
    ...changes,
  };
  return encodeStatus(status, { site: 'hall', device: 'front' }, exampleSigner());
}
