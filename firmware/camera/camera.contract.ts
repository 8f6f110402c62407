import { describe, it } from 'vitest';
import type { Camera } from './camera.ts';
import { cameraStatements } from './statements.contract.ts';

/**
 * What every camera driver keeps to.
 * @param prepare makes a camera whose frames each hold, in their first luma byte, how many went before (from 1 on),
 * and which gives at least 8 of them
 */
export function cameraContract(name: string, prepare: () => Promise<Camera>): void {
  describe(`the camera driver ${name}`, () => {
    for (const [sentence, keep] of Object.entries(cameraStatements)) {
      it(sentence, () => keep(async () => ({ camera: await prepare(), framesPerMark: 1 })));
    }
  });
}
