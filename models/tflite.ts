import { FlatTable, malformed } from './flat-table.ts';

/** The operators this project knows, by their number, and how many tensors go into each. */
const OPERATORS = {
  0: { kind: 'ADD', arity: 2 },
  3: { kind: 'CONV_2D', arity: 3 },
  4: { kind: 'DEPTHWISE_CONV_2D', arity: 3 },
  6: { kind: 'DEQUANTIZE', arity: 1 },
  17: { kind: 'MAX_POOL_2D', arity: 1 },
  19: { kind: 'RELU', arity: 1 },
  22: { kind: 'RESHAPE', arity: 1 },
  23: { kind: 'RESIZE_BILINEAR', arity: 2 },
  34: { kind: 'PAD', arity: 2 },
} as const;
const TYPES = { 0: 'float32', 1: 'float16', 2: 'int32' } as const;
const MOST_TABLES = 4096;
const MOST_NUMBERS = 8;

export type OperatorKind = (typeof OPERATORS)[keyof typeof OPERATORS]['kind'];

export interface TfliteTensor {
  readonly shape: readonly number[];
  readonly type: (typeof TYPES)[keyof typeof TYPES];
  /** The raw little-endian values of a constant; undefined for what is computed. */
  readonly data: Uint8Array | undefined;
}

export interface TfliteOperator {
  readonly kind: OperatorKind;
  /** Indices into the tensors, as many as the operator takes. */
  readonly inputs: readonly number[];
  readonly output: number;
  /** The operator's own settings, numbered as in the schema. */
  readonly options: FlatTable | undefined;
}

export interface Tflite {
  readonly tensors: readonly TfliteTensor[];
  readonly operators: readonly TfliteOperator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/**
 * Reads a TensorFlow Lite model with one subgraph. Field numbers are those of tensorflow/lite/schema/schema.fbs,
 * version 3. Tensor indices are checked here: those in the result exist.
 * @throws LintelError MODEL_SOURCE on anything else
 */
export function readTflite(bytes: Uint8Array): Tflite {
  const model = FlatTable.root(bytes, 'TFL3');
  const codes = model.tables(1, MOST_TABLES).map((code) => code.int32(3, code.int8(0)));
  const buffers = model.tables(4, MOST_TABLES).map((buffer) => buffer.bytes(0));
  const graph = model.tables(2, 1)[0];
  if (!graph) throw malformed('it holds no graph');

  const tensors = graph.tables(0, MOST_TABLES).map((tensor) => ({
    shape: sizes(tensor.int32s(0, MOST_NUMBERS)),
    type: known(TYPES, tensor.int8(1), 'tensor type'),
    data: buffers[tensor.int32(2)],
  }));
  const indices = (table: FlatTable, field: number): number[] => {
    const list = table.int32s(field, MOST_NUMBERS);
    if (list.some((index) => !tensors[index])) throw malformed('it names a tensor that is not there');
    return list;
  };
  return {
    tensors,
    operators: graph.tables(3, MOST_TABLES).map((operator) => {
      const { kind, arity } = known(OPERATORS, codes[operator.int32(0)] ?? -1, 'operator');
      const inputs = indices(operator, 1);
      const [output, ...others] = indices(operator, 2);
      if (inputs.length !== arity || output === undefined || others.length > 0) {
        throw malformed(`${kind} has other inputs or outputs than expected`);
      }
      return { kind, inputs, output, options: operator.table(4) };
    }),
    inputs: indices(graph, 1),
    outputs: indices(graph, 2),
  };
}

function sizes(shape: number[]): number[] {
  if (shape.some((size) => size < 1)) throw malformed('a tensor has a side of no length');
  return shape;
}

function known<T extends object>(names: T, number: number, what: string): T[keyof T] {
  const name = names[number as keyof T];
  if (name === undefined) throw malformed(`${what} ${number} is not one this project knows`);
  return name;
}
