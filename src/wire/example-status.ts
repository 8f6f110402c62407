import type { Status } from './status.ts';

/** A status as an ordinary camera gives it, for tests; `changes` replaces what a test is about. */
export function exampleStatus(changes: Partial<Status> = {}): Status {
  return {
    state: 'running',
    sense: 'wired',
    timeSeconds: Date.UTC(2026, 0, 5, 14) / 1_000,
    software: [0, 1, 0],
    modelsSha256: new Uint8Array(32).fill(1),
    settingsSha256: new Uint8Array(32).fill(2),
    evidence: { size: 12, root: new Uint8Array(32).fill(3) },
    ...changes,
  };
}
