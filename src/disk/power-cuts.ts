import type { Luck, SimulatedDisk } from './simulated-disk.ts';

/** The power goes at one step, and every step after it fails too. */
export function cutAt(disk: SimulatedDisk, cut: number): void {
  let step = 0;
  disk.onStep = () => {
    if (step++ >= cut) throw new Error('the power is gone');
  };
}

/** Every choice of the changes of names that last, with nothing, half and all of what was not synced. */
export function* everyLuck(disk: SimulatedDisk): Generator<Luck> {
  for (let kept = 0; kept < 2 ** disk.unsyncedNames; kept++) {
    for (const share of [0, 0.5, 1]) {
      yield {
        keepsName: (index) => (kept & (1 << index)) !== 0,
        keptBytes: (length) => Math.floor(length * share),
      };
    }
  }
}
