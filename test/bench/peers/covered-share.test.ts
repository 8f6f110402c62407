import { describe, expect, it } from 'vitest';
import { coveredShare } from './covered-share.ts';

const WIDTH = 64;
const HEIGHT = 48;
const FACE = { x: 10, y: 8, width: 20, height: 30 };
const picture = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, at) => 60 + ((at * 7919) % 120));

/** The picture with a rectangle of one grey in it. */
function greyed(left: number, top: number, width: number, height: number): Uint8Array {
  const changed = picture.slice();
  for (let y = top; y < top + height; y++) {
    changed.fill(200, y * WIDTH + left, y * WIDTH + left + width);
  }
  return changed;
}

describe('coveredShare', () => {
  it('is the part of the face that a rectangle covers, wherever that ends', () => {
    expect(coveredShare(picture, greyed(0, 0, WIDTH, HEIGHT), WIDTH, FACE)).toBe(1);
    expect(coveredShare(picture, greyed(10, 8, 20, 15), WIDTH, FACE)).toBe(0.5);
    expect(coveredShare(picture, greyed(0, 0, 20, 23), WIDTH, FACE)).toBe(0.25);
    expect(coveredShare(picture, greyed(30, 8, 20, 30), WIDTH, FACE)).toBe(0);
  });

  it('takes what a way through RGB does to every sample for nothing', () => {
    const rounded = picture.map((value, at) => value + ((at % 9) - 4));
    expect(coveredShare(picture, rounded, WIDTH, FACE)).toBe(0);
  });

  it('sees a rectangle of which single samples are as they were', () => {
    const blurred = greyed(0, 0, WIDTH, HEIGHT);
    for (let at = 0; at < blurred.length; at += 3) blurred[at] = picture[at]!;
    expect(coveredShare(picture, blurred, WIDTH, FACE)).toBe(1);
  });
});
