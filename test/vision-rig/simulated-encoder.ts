import type { StillSize } from '../../src/still/shrink-frame.ts';
import type { StillEncoder } from '../../src/still/still-encoder.ts';

/** An encoder without a thread, whose files are the brightness as it is: frames of the rig are small. */
export function simulatedEncoder(size: StillSize): StillEncoder {
  const planes = new Uint8Array(size.byteLength);
  return {
    planes,
    encode: async () => planes.slice(0, size.width * size.height),
    close: async () => void planes.fill(0),
  };
}
