import { LintelError } from '../../src/lintel-error.ts';
import type { FuzzTarget } from './target.ts';

const seeds = [Uint8Array.of(1, 2, 3, 4)];
const kept: unknown[] = [];

/** Decoders with the faults that a campaign must find. */
export const TARGETS: readonly FuzzTarget[] = [
  {
    name: 'throws',
    seeds,
    decode: (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(0),
  },
  {
    name: 'hangs',
    seeds,
    decode(bytes) {
      while (bytes[0] === 2);
    },
  },
  {
    name: 'believes a length',
    seeds,
    decode: (bytes) => new Uint8Array((bytes[0] ?? 0) * 2 ** 19),
  },
  {
    name: 'keeps everything',
    seeds,
    decode: () => kept.push(Array.from({ length: 2 ** 16 }, (_, index) => ({ index }))),
  },
  {
    name: 'writes into what it was given',
    seeds,
    decode: (bytes) => bytes.reverse(),
  },
  {
    name: 'quotes what it was given',
    seeds: [Buffer.from('name')],
    decode(bytes) {
      // Past the constructor, which mends it.
      const error = new LintelError('TEST', '');
      error.message = `'${Buffer.from(bytes).toString('latin1')}' is refused`;
      throw error;
    },
  },
];
