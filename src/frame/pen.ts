import type { I420Frame } from './i420.ts';

/** A colour as luma and the two chroma values (BT.601, limited range). */
export type Ink = readonly [y: number, u: number, v: number];

export const BLACK: Ink = [16, 128, 128];
export const WHITE: Ink = [235, 128, 128];
export const GREEN: Ink = [173, 42, 26];
export const RED: Ink = [81, 90, 240];

/** Digits and the point, five rows of three pixels each, as bits from the left. */
const GLYPHS: Readonly<Record<string, readonly number[]>> = {
  '0': [7, 5, 5, 5, 7],
  '1': [2, 6, 2, 2, 7],
  '2': [7, 1, 7, 4, 7],
  '3': [7, 1, 7, 1, 7],
  '4': [5, 5, 7, 1, 1],
  '5': [7, 4, 7, 1, 7],
  '6': [7, 4, 7, 5, 7],
  '7': [7, 1, 1, 1, 1],
  '8': [7, 5, 7, 5, 7],
  '9': [7, 5, 7, 1, 7],
  '.': [0, 0, 0, 0, 2],
};

/** Draws into a frame, for people who aim a camera. What lies outside the frame is left out. */
export class Pen {
  readonly #frame: I420Frame;

  constructor(frame: I420Frame) {
    this.#frame = frame;
  }

  rectangle(x: number, y: number, width: number, height: number, ink: Ink): void {
    const { layout, y: luma, u, v } = this.#frame;
    const [left, top] = [Math.max(0, Math.round(x)), Math.max(0, Math.round(y))];
    const right = Math.min(layout.width, Math.round(x + width));
    const bottom = Math.min(layout.height, Math.round(y + height));
    for (let row = top; row < bottom; row++) {
      for (let column = left; column < right; column++) {
        luma[row * layout.lumaStride + column] = ink[0];
        const chroma = (row >> 1) * layout.chromaStride + (column >> 1);
        u[chroma] = ink[1];
        v[chroma] = ink[2];
      }
    }
  }

  line(fromX: number, fromY: number, toX: number, toY: number, thick: number, ink: Ink): void {
    const steps = Math.max(1, Math.ceil(Math.hypot(toX - fromX, toY - fromY)));
    for (let step = 0; step <= steps; step++) {
      const x = fromX + ((toX - fromX) * step) / steps;
      const y = fromY + ((toY - fromY) * step) / steps;
      this.rectangle(x - thick / 2, y - thick / 2, thick, thick, ink);
    }
  }

  /** A line that ends in a point. */
  arrow(fromX: number, fromY: number, toX: number, toY: number, thick: number, ink: Ink): void {
    this.line(fromX, fromY, toX, toY, thick, ink);
    const barb = (8 * thick) / Math.max(1, Math.hypot(fromX - toX, fromY - toY));
    const [backX, backY] = [(fromX - toX) * barb, (fromY - toY) * barb];
    for (const turn of [-0.6, 0.6]) {
      this.line(toX, toY, toX + backX - turn * backY, toY + backY + turn * backX, thick, ink);
    }
  }

  /** Digits and points in white on black; `x`, `y` is the upper left corner, `size` that of a dot. */
  number(text: string, x: number, y: number, size: number): void {
    this.rectangle(x - size, y - size, (4 * text.length + 1) * size, 7 * size, BLACK);
    for (const [index, character] of [...text].entries()) {
      for (const [row, bits] of (GLYPHS[character] ?? []).entries()) {
        for (let column = 0; column < 3; column++) {
          if (!(bits & (4 >> column))) continue;
          this.rectangle(x + (4 * index + column) * size, y + row * size, size, size, WHITE);
        }
      }
    }
  }
}
