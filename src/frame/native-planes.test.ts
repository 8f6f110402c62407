import { describe, expect, it } from 'vitest';
import { BoxMeans } from '../detect/box-means.ts';
import { nativePlanes } from './native-planes.ts';
import { wipe } from './wipe.ts';

const native = nativePlanes!;

function shared(length: number): Uint8Array<SharedArrayBuffer> {
  return new Uint8Array(new SharedArrayBuffer(length));
}

describe('the native work on planes', () => {
  it('is there after set-up', () => {
    expect(nativePlanes).not.toBeNull();
  });

  it('touches nothing but the rows it was asked for', () => {
    const into = new Uint8Array(40).fill(9);
    native.shrink(new Uint8Array(64).fill(200), 8, 2, 3, 3, into, 5, 10);
    const expected = new Uint8Array(40).fill(9);
    for (const row of [5, 15, 25]) expected.fill(200, row, row + 3);
    expect(into).toEqual(expected);
  });

  it.each([2, 3, 16, 21, 28, 44])('leaves white white, %i bytes a side, as in TypeScript', (side) => {
    const plane = new Uint8Array(side * side).fill(255);
    const into = new Uint8Array(1);
    native.shrink(plane, side, side, 1, 1, into, 0, 1);
    const means = new BoxMeans(side, side, 1);
    means.make(plane, 0);
    expect([into[0]!, means.row[0]!].every((byte) => byte >= 254)).toBe(true);
    expect(means.row[0]).toBe(into[0]);
  });

  it.each([
    ['a plane with a byte less than is read', [new Uint8Array(63), 8, 2, 4, 4, new Uint8Array(16), 0, 4]],
    ['memory with a byte less than is written', [new Uint8Array(64), 8, 2, 4, 4, new Uint8Array(15), 0, 4]],
    ['a place too far on', [new Uint8Array(64), 8, 2, 4, 4, new Uint8Array(16), 1, 4]],
    [
      'numbers whose product is larger than any memory',
      [new Uint8Array(64), 2 ** 31, 2, 4, 4, new Uint8Array(16), 0, 4],
    ],
    ['a mean of nothing', [new Uint8Array(64), 8, 0, 4, 4, new Uint8Array(16), 0, 4]],
    [
      'a row longer than that of any frame',
      [new Uint8Array(9_000), 9_000, 3, 1_500, 1, new Uint8Array(1_500), 0, 0],
    ],
    ['what is no array of bytes', [new Float32Array(64), 8, 2, 4, 4, new Uint8Array(16), 0, 4]],
    ['nothing at all', []],
  ])('refuses %s', (_, given) => {
    expect(() => Reflect.apply(native.shrink, undefined, given)).toThrow(RangeError);
  });
});

describe('wiping', () => {
  it.each([
    ['natively', native],
    ['in TypeScript', null],
  ])('%s leaves zeros in the whole of what is given, and the rest as it was', (_, planes) => {
    const all = shared(100).fill(7);
    wipe(all.subarray(3, 90), planes);
    expect([...all]).toEqual(Array.from({ length: 100 }, (_, at) => (at >= 3 && at < 90 ? 0 : 7)));
  });

  it('refuses what is no array of bytes', () => {
    expect(() => native.wipe(new Float32Array(3) as never)).toThrow(TypeError);
  });
});
