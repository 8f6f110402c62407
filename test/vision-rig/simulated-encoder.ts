import type { OpenEncoder } from '../../src/still/still-encoder.ts';

/** Encoders without a thread, whose files are the brightness as it is: frames of the rig are small. */
export function simulatedEncoder(pass: () => Promise<void>): OpenEncoder {
  return (size) => {
    const planes = new Uint8Array(size.byteLength);
    return {
      planes,
      encode: async () => {
        const file = planes.slice(0, size.width * size.height);
        await pass();
        return file;
      },
      close: async () => void planes.fill(0),
    };
  };
}
