/** A network as TensorFlow Lite would describe it, for tests: written by `tflite-writer.ts`, run by `tflite-run.ts`. */
export interface Network {
  readonly tensors: readonly NetworkTensor[];
  readonly operators: readonly NetworkOperator[];
  readonly input: number;
  readonly outputs: readonly number[];
}

export interface NetworkTensor {
  readonly shape: readonly number[];
  readonly type: 'float32' | 'float16' | 'int32';
  readonly values?: readonly number[];
}

export type NetworkKind =
  | 'ADD'
  | 'CONV_2D'
  | 'DEPTHWISE_CONV_2D'
  | 'DEQUANTIZE'
  | 'MAX_POOL_2D'
  | 'RELU'
  | 'RESHAPE'
  | 'RESIZE_BILINEAR'
  | 'PAD';

export interface NetworkOperator {
  readonly kind: NetworkKind;
  readonly inputs: readonly number[];
  readonly output: number;
  readonly stride?: number;
}

/** A small network with every operator of the full-range face detector, and weights that differ with `seed`. */
export function smallDetector(height: number, width: number, seed: number): Network {
  const tensors: NetworkTensor[] = [];
  const operators: NetworkOperator[] = [];
  let state = seed;
  const weight = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return ((state >> 8) % 65) / 64 - 0.5;
  };
  const tensor = (shape: readonly number[], type: NetworkTensor['type'] = 'float32') =>
    tensors.push({ shape, type }) - 1;
  const constant = (shape: readonly number[], type: NetworkTensor['type'], values: readonly number[]) =>
    tensors.push({ shape, type, values }) - 1;
  const apply = (kind: NetworkKind, inputs: readonly number[], shape: readonly number[], stride = 1) => {
    const output = tensor(shape);
    operators.push({ kind, inputs, output, stride });
    return output;
  };
  const weights = (shape: readonly number[]) => {
    const length = shape.reduce((a, b) => a * b);
    const half = constant(shape, 'float16', Array.from({ length }, weight));
    return apply('DEQUANTIZE', [half], shape);
  };
  const convolve = (from: number, size: number, channels: number, stride = 1) => {
    const [, h = 0, w = 0, c = 0] = tensors[from]!.shape;
    const shape = [1, Math.ceil(h / stride), Math.ceil(w / stride), channels];
    return apply('CONV_2D', [from, weights([channels, size, size, c]), weights([channels])], shape, stride);
  };

  const input = tensor([1, height, width, 3]);
  const first = convolve(input, 3, 4, 2);
  const high = apply('RELU', [first], tensors[first]!.shape);
  const halved = [1, height / 4, width / 4, 4];
  const depthwise = apply('DEPTHWISE_CONV_2D', [high, weights([1, 3, 3, 4]), weights([4])], halved, 2);
  const wide = convolve(depthwise, 1, 6);
  const pooled = apply('MAX_POOL_2D', [high], halved, 2);
  const amounts = constant([4, 2], 'int32', [0, 0, 0, 0, 0, 0, 0, 2]);
  const padded = apply('PAD', [pooled, amounts], tensors[wide]!.shape);
  const low = apply('RELU', [apply('ADD', [padded, wide], tensors[wide]!.shape)], tensors[wide]!.shape);
  const size = constant([2], 'int32', [height / 2, width / 2]);
  const lifted = apply('RESIZE_BILINEAR', [low, size], [1, height / 2, width / 2, 6]);
  const joined = apply('ADD', [convolve(high, 1, 6), lifted], tensors[lifted]!.shape);
  const places = (height / 2) * (width / 2);
  const scores = apply('RESHAPE', [convolve(joined, 1, 1)], [1, places, 1]);
  const boxes = apply('RESHAPE', [convolve(joined, 1, 16)], [1, places, 16]);
  return { tensors, operators, input, outputs: [boxes, scores] };
}
