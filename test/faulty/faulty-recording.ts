import type { Recording } from '../../firmware/media/recording.ts';
import { type ByteSource, Y4mReader } from '../../src/frame/y4m-reader.ts';
import { LintelError } from '../../src/lintel-error.ts';
import { SeededRandom } from '../scene/seeded-random.ts';

/** What goes wrong with one opening of a recording. `at` is a share of its bytes, all heads included. */
export type RecordingFault =
  | { readonly fault: 'none' | 'missing' | 'empty' }
  /** No more bytes come, until it is closed. */
  | { readonly fault: 'stall'; readonly at: number }
  /** It ends there, in the middle of whatever it is. */
  | { readonly fault: 'truncation'; readonly at: number }
  /** It ends after some frames, as if it had no more. */
  | { readonly fault: 'early end'; readonly frames: number }
  /** Noise in the place of so many bytes. */
  | { readonly fault: 'garbage'; readonly at: number; readonly bytes: number; readonly seed: number }
  /** So many bytes are left out. */
  | { readonly fault: 'gap'; readonly at: number; readonly bytes: number };

export interface FaultyClip {
  /** A Y4M file. */
  readonly bytes: Uint8Array;
  readonly headBytes: number;
  readonly frameBytes: number;
}

/**
 * Opens `clip` in the place of a file, with one of `faults` after the other, and then without any. It is read by the real
 * reader, so what that makes of it is what it would make of such a file or pipe.
 * @param onRead told whenever bytes are asked for
 */
export function faultyRecording(
  clip: FaultyClip,
  faults: readonly RecordingFault[],
  onRead: () => void = () => {},
): (file: string, ending?: AbortSignal) => Promise<Recording> {
  const left = [...faults];
  return async (_file, ending) => {
    const source = new FaultySource(clip, left.shift() ?? { fault: 'none' }, onRead);
    ending?.addEventListener('abort', () => source.close());
    const reader = await Y4mReader.open(source);
    return { reader, finished: async () => {}, close: async () => source.close() };
  };
}

class FaultySource implements ByteSource {
  readonly #bytes: Uint8Array;
  readonly #stallAt: number;
  readonly #onRead: () => void;
  readonly #closed = Promise.withResolvers<number>();
  #at = 0;

  constructor(clip: FaultyClip, fault: RecordingFault, onRead: () => void) {
    if (fault.fault === 'missing') throw new LintelError('MEDIA_MISSING', 'as it was asked to');
    this.#bytes = spoilt(clip, fault);
    this.#stallAt =
      fault.fault === 'stall' ? Math.floor(fault.at * clip.bytes.length) : Number.POSITIVE_INFINITY;
    this.#onRead = onRead;
  }

  async read(into: Uint8Array): Promise<number> {
    this.#onRead();
    if (this.#at + into.length > this.#stallAt) return this.#closed.promise;
    const read = this.#bytes.subarray(this.#at, this.#at + into.length);
    into.set(read);
    this.#at += read.length;
    return read.length;
  }

  close(): void {
    this.#closed.resolve(0);
  }
}

function spoilt({ bytes, headBytes, frameBytes }: FaultyClip, fault: RecordingFault): Uint8Array {
  switch (fault.fault) {
    case 'empty':
      return bytes.subarray(0, headBytes);
    case 'truncation':
      return bytes.subarray(0, Math.floor(fault.at * bytes.length));
    case 'early end':
      return bytes.subarray(0, headBytes + fault.frames * frameBytes);
    case 'garbage': {
      const random = new SeededRandom(fault.seed);
      const from = Math.floor(fault.at * bytes.length);
      return bytes.map((byte, at) =>
        at >= from && at < from + fault.bytes ? Math.floor(random.between(0, 256)) : byte,
      );
    }
    case 'gap': {
      const from = Math.floor(fault.at * bytes.length);
      return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + fault.bytes)]);
    }
    default:
      return bytes;
  }
}
