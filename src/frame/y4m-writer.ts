import type { I420Frame, I420Layout } from './i420.ts';

/** The bytes of a Y4M stream: its header, then what goes before each frame, then the frame's rows without padding. */
export function y4mHeader(layout: I420Layout, framesPerSecond: number): Uint8Array {
  const [frames, seconds] = asRatio(framesPerSecond);
  return Buffer.from(`YUV4MPEG2 W${layout.width} H${layout.height} F${frames}:${seconds} Ip A1:1 C420jpeg\n`);
}

/** Whole rates and those of television exactly, any other to a hundred-thousandth. */
function asRatio(framesPerSecond: number): [frames: number, seconds: number] {
  for (const seconds of [1, 1_001]) {
    const frames = Math.round(framesPerSecond * seconds);
    if (Math.abs(frames / seconds - framesPerSecond) < 1e-9) return [frames, seconds];
  }
  return [Math.round(framesPerSecond * 1e5), 1e5];
}

const FRAME = Buffer.from('FRAME\n');

/** The length of a frame as `packY4mFrame` writes it. */
export function y4mFrameLength({ width, height, chromaWidth, chromaHeight }: I420Layout): number {
  return FRAME.byteLength + width * height + 2 * chromaWidth * chromaHeight;
}

/** Writes a frame of any stride, tightly packed and with its FRAME line, into `into`. */
export function packY4mFrame(frame: I420Frame, into: Uint8Array): void {
  const { width, height, chromaWidth, chromaHeight, lumaStride, chromaStride } = frame.layout;
  into.set(FRAME);
  let at = FRAME.byteLength;
  const pack = (plane: Uint8Array, stride: number, columns: number, rows: number): void => {
    for (let row = 0; row < rows; row++, at += columns) {
      into.set(plane.subarray(row * stride, row * stride + columns), at);
    }
  };
  pack(frame.y, lumaStride, width, height);
  pack(frame.u, chromaStride, chromaWidth, chromaHeight);
  pack(frame.v, chromaStride, chromaWidth, chromaHeight);
}
