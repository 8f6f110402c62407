import { malformed } from './flat-table.ts';
import type { TfliteTensor } from './tflite.ts';

/** The values of a constant tensor of IEEE 754 half floats; every one of them is exact in float32. */
export function float16Values(tensor: TfliteTensor | undefined): Float32Array {
  const view = values(tensor, 'float16');
  return Float32Array.from({ length: view.byteLength >> 1 }, (_, i) =>
    halfFloat(view.getUint16(2 * i, true)),
  );
}

/** The values of a constant tensor of 32-bit integers. */
export function int32Values(tensor: TfliteTensor | undefined): number[] {
  const view = values(tensor, 'int32');
  return Array.from({ length: view.byteLength >> 2 }, (_, i) => view.getInt32(4 * i, true));
}

function values(tensor: TfliteTensor | undefined, type: TfliteTensor['type']): DataView {
  if (!tensor?.data || tensor.type !== type) throw malformed(`a constant of type ${type} is missing`);
  return new DataView(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength);
}

function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = (bits & 0x3ff) / 1024;
  if (exponent === 0) return sign * fraction * 2 ** -14;
  if (exponent === 0x1f) throw malformed('a weight is not a number');
  return sign * (1 + fraction) * 2 ** (exponent - 15);
}
