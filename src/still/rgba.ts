/** BT.601, limited range, to full-range RGB, in 256ths (ITU-R BT.601-7; as in JFIF's inverse, scaled by 255/219 and 255/224). */
const LUMA = 298;
const RED_V = 409;
const GREEN_U = -100;
const GREEN_V = -208;
const BLUE_U = 516;

/** @param planes Y, U and V one after another, of an even width and height. @param into four bytes a pixel */
export function rgbaOf(planes: Uint8Array, width: number, height: number, into: Uint8ClampedArray): void {
  const uAt = width * height;
  const vAt = uAt + uAt / 4;
  for (let row = 0, at = 0, to = 0; row < height; row++) {
    const chroma = (row >> 1) * (width / 2);
    for (let x = 0; x < width; x++, at++, to += 4) {
      const y = LUMA * (planes[at]! - 16) + 128;
      const u = planes[uAt + chroma + (x >> 1)]! - 128;
      const v = planes[vAt + chroma + (x >> 1)]! - 128;
      into[to] = (y + RED_V * v) >> 8;
      into[to + 1] = (y + GREEN_U * u + GREEN_V * v) >> 8;
      into[to + 2] = (y + BLUE_U * u) >> 8;
      into[to + 3] = 255;
    }
  }
}
