import { LintelError } from '../lintel-error.ts';

/**
 * One picture in planar YCbCr 4:2:0 (I420): a luma plane of `height` rows of `lumaStride` bytes, and two chroma
 * planes of `chromaHeight` rows of `chromaStride` bytes, each chroma sample shared by two by two pixels. A plane's
 * last sample of an odd width or height stands for one pixel column or row. Values are BT.601, limited range
 * (luma 16 to 235, chroma 16 to 240 around 128), as video cameras and Y4M files give them.
 */
export interface I420Frame {
  readonly layout: I420Layout;
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
}

export const SMALLEST_SIDE = 16;
export const LARGEST_SIDE = 4096;

/** Where the three planes of a tightly packed or row-padded I420 picture lie in one run of bytes. */
export class I420Layout {
  readonly width: number;
  readonly height: number;
  readonly chromaWidth: number;
  readonly chromaHeight: number;
  readonly lumaStride: number;
  readonly chromaStride: number;
  readonly byteLength: number;

  /**
   * @param width, height in pixels, `SMALLEST_SIDE` to `LARGEST_SIDE`; odd sizes are allowed
   * @param lumaStride bytes from one luma row to the next, at least `width`; chroma rows take half of it
   * @throws LintelError FRAME_SIZE
   */
  constructor(width: number, height: number, lumaStride = width) {
    for (const side of [width, height]) {
      if (!Number.isInteger(side) || side < SMALLEST_SIDE || side > LARGEST_SIDE) {
        throw new LintelError(
          'FRAME_SIZE',
          `a frame of ${width}x${height} pixels is outside what this program handles: ` +
            `use ${SMALLEST_SIDE} to ${LARGEST_SIDE} pixels a side`,
        );
      }
    }
    if (!Number.isInteger(lumaStride) || lumaStride < width) {
      throw new LintelError('FRAME_SIZE', `a row stride of ${lumaStride} bytes cannot hold ${width} pixels`);
    }
    this.width = width;
    this.height = height;
    this.chromaWidth = (width + 1) >> 1;
    this.chromaHeight = (height + 1) >> 1;
    this.lumaStride = lumaStride;
    this.chromaStride = (lumaStride + 1) >> 1;
    this.byteLength = lumaStride * height + 2 * this.chromaStride * this.chromaHeight;
  }

  /** A frame looking into `bytes`; nothing is copied. */
  view(bytes: Uint8Array): I420Frame {
    if (bytes.byteLength < this.byteLength) {
      throw new RangeError(`${bytes.byteLength} bytes cannot hold a frame of ${this.byteLength}`);
    }
    const luma = this.lumaStride * this.height;
    const chroma = this.chromaStride * this.chromaHeight;
    return {
      layout: this,
      y: bytes.subarray(0, luma),
      u: bytes.subarray(luma, luma + chroma),
      v: bytes.subarray(luma + chroma, luma + 2 * chroma),
    };
  }
}
