import type { Network, NetworkOperator } from './tflite-network.ts';

/** A picture in TensorFlow's order: rows, columns, channels. */
interface Picture {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** Runs a network in double precision, as plainly as its operators are defined. */
export function runNetwork(network: Network, input: readonly number[]): number[][] {
  const known = new Map<number, Picture>();
  network.tensors.forEach(({ shape, values }, index) => {
    if (values) known.set(index, { shape, values });
  });
  known.set(network.input, { shape: network.tensors[network.input]!.shape, values: input });
  for (const operator of network.operators) {
    const inputs = operator.inputs.map((index) => known.get(index)!);
    const shape = network.tensors[operator.output]!.shape;
    known.set(operator.output, { shape, values: apply(operator, inputs, shape) });
  }
  return network.outputs.map((output) => [...known.get(output)!.values]);
}

function apply(
  { kind, stride = 1 }: NetworkOperator,
  [a, b, c]: Picture[],
  shape: readonly number[],
): readonly number[] {
  switch (kind) {
    case 'DEQUANTIZE':
    case 'RESHAPE':
      return a!.values;
    case 'RELU':
      return a!.values.map((value) => Math.max(0, value));
    case 'ADD':
      return a!.values.map((value, i) => value + b!.values[i]!);
    case 'PAD':
      return fill(shape, (y, x, k) => at(a!, y, x, k) ?? 0);
    case 'RESIZE_BILINEAR':
      return fill(shape, (y, x, k) =>
        interpolate(
          a!,
          ((y + 0.5) * a!.shape[1]!) / shape[1]! - 0.5,
          ((x + 0.5) * a!.shape[2]!) / shape[2]! - 0.5,
          k,
        ),
      );
    case 'MAX_POOL_2D':
      return fill(shape, (y, x, k) =>
        Math.max(
          ...window(a!, stride, stride, y, x).map(([, row, column]) => at(a!, row, column, k) ?? -Infinity),
        ),
      );
    case 'CONV_2D':
      return fill(shape, (y, x, k) => {
        const [, size = 0, , depth = 0] = b!.shape;
        let sum = c!.values[k]!;
        for (const [tap, row, column] of window(a!, size, stride, y, x)) {
          for (let d = 0; d < depth; d++) {
            sum += (at(a!, row, column, d) ?? 0) * b!.values[(k * size * size + tap) * depth + d]!;
          }
        }
        return sum;
      });
    case 'DEPTHWISE_CONV_2D':
      return fill(shape, (y, x, k) => {
        const [, size = 0, , channels = 0] = b!.shape;
        let sum = c!.values[k]!;
        for (const [tap, row, column] of window(a!, size, stride, y, x)) {
          sum += (at(a!, row, column, k) ?? 0) * b!.values[tap * channels + k]!;
        }
        return sum;
      });
  }
}

function fill(shape: readonly number[], value: (y: number, x: number, k: number) => number): number[] {
  const [, height = 0, width = 0, channels = 0] = shape;
  const values = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) for (let k = 0; k < channels; k++) values.push(value(y, x, k));
  }
  return values;
}

/** Undefined outside the picture. */
function at({ shape, values }: Picture, y: number, x: number, k: number): number | undefined {
  const [, height = 0, width = 0, channels = 0] = shape;
  if (y < 0 || x < 0 || y >= height || x >= width || k >= channels) return undefined;
  return values[(y * width + x) * channels + k];
}

/** What a window of `size` by `size` sees: number within the window, row, column. "SAME": the odd one pads the end. */
function window(
  { shape }: Picture,
  size: number,
  stride: number,
  y: number,
  x: number,
): [number, number, number][] {
  const before = (length: number) =>
    Math.floor(Math.max(0, (Math.ceil(length / stride) - 1) * stride + size - length) / 2);
  const top = y * stride - before(shape[1]!);
  const left = x * stride - before(shape[2]!);
  return Array.from({ length: size * size }, (_, tap) => [
    tap,
    top + Math.floor(tap / size),
    left + (tap % size),
  ]);
}

function interpolate(picture: Picture, y: number, x: number, k: number): number {
  const within = (value: number, length: number) => Math.max(0, Math.min(length - 1, value));
  const row = within(y, picture.shape[1]!);
  const column = within(x, picture.shape[2]!);
  const top = Math.floor(row);
  const left = Math.floor(column);
  const value = (dy: number, dx: number) => at(picture, top + dy, left + dx, k) ?? 0;
  const upper = value(0, 0) * (1 - (column - left)) + value(0, 1) * (column - left);
  const lower = value(1, 0) * (1 - (column - left)) + value(1, 1) * (column - left);
  return upper * (1 - (row - top)) + lower * (row - top);
}
