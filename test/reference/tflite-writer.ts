import { Builder } from 'flatbuffers';
import type { Network, NetworkKind, NetworkTensor } from './tflite-network.ts';

const CODES: Record<NetworkKind, number> = {
  ADD: 0,
  CONV_2D: 3,
  DEPTHWISE_CONV_2D: 4,
  DEQUANTIZE: 6,
  MAX_POOL_2D: 17,
  RELU: 19,
  RESHAPE: 22,
  RESIZE_BILINEAR: 23,
  PAD: 34,
};
const TYPES = { float32: 0, float16: 1, int32: 2 } as const;

/** The network as a TensorFlow Lite file, by Google's own FlatBuffers library and the numbers of schema.fbs. */
export function writeTflite(network: Network): Uint8Array {
  const builder = new Builder();
  const kinds = Object.keys(CODES) as NetworkKind[];
  const codes = kinds.map((kind) => {
    builder.startObject(4);
    builder.addFieldInt8(0, CODES[kind], 0);
    builder.addFieldInt32(3, CODES[kind], 0);
    return builder.endObject();
  });
  const buffers = [undefined, ...network.tensors].map((tensor) => {
    const data = tensor?.values && builder.createByteVector(bytesOf(tensor));
    builder.startObject(1);
    if (data) builder.addFieldOffset(0, data, 0);
    return builder.endObject();
  });
  const tensors = network.tensors.map((tensor, index) => {
    const shape = integers(builder, tensor.shape);
    builder.startObject(4);
    builder.addFieldOffset(0, shape, 0);
    builder.addFieldInt8(1, TYPES[tensor.type], 0);
    builder.addFieldInt32(2, tensor.values ? index + 1 : 0, 0);
    return builder.endObject();
  });
  const operators = network.operators.map(({ kind, inputs, output, stride }) => {
    const ins = integers(builder, inputs);
    const outs = integers(builder, [output]);
    const options = writeOptions(builder, kind, stride ?? 1);
    builder.startObject(5);
    builder.addFieldInt32(0, kinds.indexOf(kind), 0);
    builder.addFieldOffset(1, ins, 0);
    builder.addFieldOffset(2, outs, 0);
    if (options) builder.addFieldOffset(4, options, 0);
    return builder.endObject();
  });
  const parts = [
    offsets(builder, tensors),
    integers(builder, [network.input]),
    integers(builder, network.outputs),
    offsets(builder, operators),
  ];
  builder.startObject(4);
  parts.forEach((part, field) => {
    builder.addFieldOffset(field, part, 0);
  });
  const graph = builder.endObject();
  const lists = { 1: offsets(builder, codes), 2: offsets(builder, [graph]), 4: offsets(builder, buffers) };
  builder.startObject(5);
  builder.addFieldInt32(0, 3, 0);
  for (const [field, list] of Object.entries(lists)) builder.addFieldOffset(Number(field), list, 0);
  builder.finish(builder.endObject(), 'TFL3');
  return builder.asUint8Array();
}

function writeOptions(builder: Builder, kind: NetworkKind, stride: number): number | undefined {
  if (kind === 'RESIZE_BILINEAR') {
    builder.startObject(4);
    builder.addFieldInt8(3, 1, 0); // half-pixel centres
    return builder.endObject();
  }
  if (kind !== 'CONV_2D' && kind !== 'DEPTHWISE_CONV_2D' && kind !== 'MAX_POOL_2D') return undefined;
  builder.startObject(6);
  builder.addFieldInt32(1, stride, 0);
  builder.addFieldInt32(2, stride, 0);
  if (kind === 'MAX_POOL_2D') {
    builder.addFieldInt32(3, stride, 0);
    builder.addFieldInt32(4, stride, 0);
  }
  return builder.endObject();
}

function integers(builder: Builder, values: readonly number[]): number {
  builder.startVector(4, values.length, 4);
  for (const value of values.toReversed()) builder.addInt32(value);
  return builder.endVector();
}

function offsets(builder: Builder, values: readonly number[]): number {
  builder.startVector(4, values.length, 4);
  for (const value of values.toReversed()) builder.addOffset(value);
  return builder.endVector();
}

function bytesOf({ type, values = [] }: NetworkTensor): Uint8Array {
  const array = type === 'int32' ? Int32Array.from(values) : Uint16Array.from(values, halfFloatBits);
  return new Uint8Array(array.buffer);
}

/** Of a value that a half float holds exactly. */
function halfFloatBits(value: number): number {
  if (value === 0) return 0;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  const fraction = (Math.abs(value) / 2 ** exponent - 1) * 1024;
  return (value < 0 ? 0x8000 : 0) | ((exponent + 15) << 10) | fraction;
}
