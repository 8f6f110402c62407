import type { VisionStatus } from '../vision-status.ts';

/** In words for who does not know the interlock. */
const PHASES: Readonly<Record<string, string>> = {
  dark: 'not watching yet',
  lighting: 'lighting the sign',
  opening: 'opening the camera',
  closing: 'closing the camera',
  saving: 'saving the choice',
  optedOut: 'OPTED OUT, camera closed',
};

export interface StatusAt {
  readonly status: VisionStatus;
  readonly atMs: number;
}

/**
 * One line on the camera's state, what matters most first, since a narrow terminal shows only its beginning.
 * @param waiting reports that the broker has not taken yet
 * @param keys whether there are keys to press
 */
export function describeStatus(
  now: StatusAt,
  before: StatusAt | undefined,
  waiting: number,
  keys: boolean,
): string {
  const { phase, fault, sign, sense, optedOut, frames, coveredWhole, dropped, loweredTo, modelMs } =
    now.status;
  const seconds = before ? (now.atMs - before.atMs) / 1_000 : 0;
  return [
    fault ? `FAULT (${fault}), camera closed` : (PHASES[phase] ?? phase),
    `sign ${sign}${sense === sign ? '' : `, but seen ${sense}`}`,
    before && `${Math.round((frames - before.status.frames) / seconds)} frames/s`,
    loweredTo !== undefined && `camera slowed to ${loweredTo.toFixed(1)}`,
    waiting > 0 && `${waiting} ${waiting === 1 ? 'report waits' : 'reports wait'} for the broker`,
    keys && `space: opt ${optedOut ? 'in again' : 'out'}, q: end`,
    modelMs > 0 && `model ${modelMs.toFixed(0)} ms`,
    `frames skipped ${dropped}, covered whole ${coveredWhole}`,
    `${now.status.residentMegabytes.toFixed(0)} MB`,
  ]
    .filter(Boolean)
    .join(' | ');
}
