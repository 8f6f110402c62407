import { execFileSync } from 'node:child_process';
import { type I420Frame, I420Layout } from '../../src/frame/i420.ts';

/** Red, green and blue of each pixel, 0 to 255, row by row. */
export interface Rgb {
  readonly width: number;
  readonly height: number;
  readonly values: ArrayLike<number>;
}

/** A picture, fitted into `width` by `height` with black around it, twice: in full colour, and as cameras give it. */
export function decode(path: string, width: number, height: number): { rgb: Rgb; frame: I420Frame } {
  const fit = `scale=${width}:${height}:force_original_aspect_ratio=decrease,pad=${width}:${height}`;
  const run = (filter: string) => {
    const args = ['-v', 'error', '-i', path, '-vf', `${fit},${filter}`, '-f', 'rawvideo', '-'];
    return execFileSync('ffmpeg', args, { maxBuffer: 2 * width * height * 3 });
  };
  const bytes = run('scale=out_color_matrix=bt601:out_range=limited,format=yuv420p');
  return {
    rgb: { width, height, values: run('format=rgb24') },
    frame: new I420Layout(width, height).view(bytes),
  };
}

/** Full colour out of a frame, in double precision: BT.601 by its definition, chroma interpolated, not rounded. */
export function toRgb(frame: I420Frame): Rgb {
  const { width, height, lumaStride, chromaStride, chromaWidth, chromaHeight } = frame.layout;
  const chroma = (plane: Uint8Array, x: number, y: number) => {
    const column = Math.max(0, Math.min(chromaWidth - 1, (x + 0.5) / 2 - 0.5));
    const row = Math.max(0, Math.min(chromaHeight - 1, (y + 0.5) / 2 - 0.5));
    const at = (dx: (v: number) => number, dy: (v: number) => number) =>
      plane[dy(row) * chromaStride + dx(column)]!;
    const right = column - Math.floor(column);
    const upper = at(Math.floor, Math.floor) * (1 - right) + at(Math.ceil, Math.floor) * right;
    const lower = at(Math.floor, Math.ceil) * (1 - right) + at(Math.ceil, Math.ceil) * right;
    return ((upper + (lower - upper) * (row - Math.floor(row)) - 128) * 255) / 224;
  };
  const values = new Float64Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const luma = ((frame.y[y * lumaStride + x]! - 16) * 255) / 219;
      const cb = chroma(frame.u, x, y);
      const cr = chroma(frame.v, x, y);
      const red = luma + 1.402 * cr;
      const blue = luma + 1.772 * cb;
      values.set([red, (luma - 0.299 * red - 0.114 * blue) / 0.587, blue], (y * width + x) * 3);
    }
  }
  return { width, height, values };
}
