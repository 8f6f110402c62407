import { writeFile } from 'node:fs/promises';
import { I420Layout } from '../../src/frame/i420.ts';
import { packY4mFrame, y4mFrameLength, y4mHeader } from '../../src/frame/y4m-writer.ts';
import { SeededRandom } from '../scene/seeded-random.ts';
import { PIECE_BYTES, type Piece } from './memory-scan.ts';

/** As wide as the input of the model `near`, so that the rows go into it as they are. */
const layout = new I420Layout(640, 360);
/** What that model takes for grey, and subtracts from every brightness: see models/colour-input.ts. */
const GREY = Math.fround(16 + 127 / 1.164384);

/** A recording of noise in which no piece of a row comes twice, and what such pieces look like in memory. */
export class MarkedClip {
  readonly #frames: readonly Uint8Array[];

  constructor(seed: number, frames: number) {
    const random = new SeededRandom(seed);
    // Within the limits of video, so that nothing on the way has a reason to cut it.
    const noise = () => Math.floor(random.between(16, 236));
    this.#frames = Array.from({ length: frames }, () =>
      Uint8Array.from({ length: layout.byteLength }, noise),
    );
  }

  async write(file: string, framesPerSecond: number): Promise<void> {
    const parts = this.#frames.map((frame) => {
      const packed = new Uint8Array(y4mFrameLength(layout));
      packY4mFrame(layout.view(frame), packed);
      return packed;
    });
    await writeFile(file, Buffer.concat([y4mHeader(layout, framesPerSecond), ...parts]));
  }

  /** Pieces of all frames in all forms, so many that one lies in every run of 35 bytes, wherever in memory it begins. */
  pieces(): Piece[] {
    const pieces: Piece[] = [];
    const cut = (form: string, bytes: Uint8Array, unit: number) => {
      for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
        // A scan looks at every fourth byte only.
        for (let moved = at; moved < at + 4; moved += unit) {
          if (moved + PIECE_BYTES <= bytes.length)
            pieces.push({ form, bytes: bytes.slice(moved, moved + PIECE_BYTES) });
        }
      }
    };
    for (const frame of this.#frames) {
      const { y, u, v } = layout.view(frame);
      cut('brightness', y, 1);
      // What the model's first steps make of it.
      const numbers = Float32Array.from(y);
      cut('brightness as numbers', new Uint8Array(numbers.buffer), 4);
      cut('brightness less grey', new Uint8Array(numbers.map((value) => value - GREY).buffer), 4);
      for (const plane of [u, v]) {
        cut('colour', plane, 1);
        const doubled = Uint8Array.from({ length: 2 * plane.length }, (_, byte) => plane[byte >> 1]!);
        cut('colour at twice the width', doubled, 1);
      }
    }
    return pieces;
  }
}
