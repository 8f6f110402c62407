import { describe, expect, it } from 'vitest';
import { float16Values, int32Values } from './tflite-values.ts';

describe('float16Values', () => {
  it('gives the values of IEEE 754 half floats, also the smallest and the largest', () => {
    const bits = Uint16Array.of(0x0000, 0x3c00, 0xc000, 0x3555, 0x0001, 0x03ff, 0x7bff);
    const tensor = { shape: [7], type: 'float16', data: new Uint8Array(bits.buffer) } as const;
    const values = [0, 1, -2, 0.333251953125, 2 ** -24, 1023 * 2 ** -24, 65504];
    expect([...float16Values(tensor)]).toEqual(values);
  });

  it('refuses weights that are infinite or not a number', () => {
    for (const bits of [0x7c00, 0xfc00, 0x7e00]) {
      const data = new Uint8Array(Uint16Array.of(bits).buffer);
      expect(() => float16Values({ shape: [1], type: 'float16', data })).toThrow('not a number');
    }
  });
});

describe('int32Values', () => {
  it('refuses a tensor of another type, one that is computed, and none', () => {
    expect(() => int32Values({ shape: [1], type: 'float16', data: new Uint8Array(4) })).toThrow('missing');
    expect(() => int32Values({ shape: [1], type: 'int32', data: undefined })).toThrow('missing');
    expect(() => int32Values(undefined)).toThrow('missing');
  });
});
