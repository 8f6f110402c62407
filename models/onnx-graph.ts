import type { onnx } from 'onnx-proto';
import onnxProto from 'onnx-proto';

const { ModelProto, TensorProto, AttributeProto } = onnxProto.onnx;
export const IR_VERSION = 7;
export const OPSET = 13;

export type Attributes = Readonly<Record<string, number | string | readonly number[]>>;

/** An ONNX file in the making: float32 tensors, opset 13, and the bytes always the same for the same calls. */
export class OnnxGraph {
  readonly #graph: onnx.IGraphProto & { node: onnx.INodeProto[]; initializer: onnx.ITensorProto[] };

  constructor(
    name: string,
    inputs: readonly onnx.IValueInfoProto[],
    outputs: readonly onnx.IValueInfoProto[],
  ) {
    this.#graph = { name, input: [...inputs], output: [...outputs], node: [], initializer: [] };
  }

  node(opType: string, input: readonly string[], output: string, attributes: Attributes = {}): void {
    this.#graph.node.push({
      opType,
      input: [...input],
      output: [output],
      attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
    });
  }

  floats(name: string, dims: readonly number[], values: Float32Array): void {
    this.#constant(name, dims, TensorProto.DataType.FLOAT, new Uint8Array(values.buffer));
  }

  integers(name: string, values: readonly number[]): void {
    this.#graph.initializer.push(integerTensor(name, values));
  }

  encode(): Uint8Array {
    return ModelProto.encode({
      irVersion: IR_VERSION,
      opsetImport: [{ domain: '', version: OPSET }],
      graph: this.#graph,
    }).finish();
  }

  #constant(name: string, dims: readonly number[], dataType: number, rawData: Uint8Array): void {
    this.#graph.initializer.push({ name, dims: [...dims], dataType, rawData });
  }
}

/** A constant list of integers. */
export function integerTensor(name: string, values: readonly number[]): onnx.ITensorProto {
  const rawData = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
  return { name, dims: [values.length], dataType: TensorProto.DataType.INT64, rawData };
}

/** Declares a float32 tensor that goes into or comes out of a graph. */
export function floatTensor(name: string, dims: readonly number[]): onnx.IValueInfoProto {
  return {
    name,
    type: {
      tensorType: {
        elemType: TensorProto.DataType.FLOAT,
        shape: { dim: dims.map((dimValue) => ({ dimValue })) },
      },
    },
  };
}

function attribute(name: string, value: number | string | readonly number[]): onnx.IAttributeProto {
  const { AttributeType } = AttributeProto;
  if (typeof value === 'number') return { name, type: AttributeType.INT, i: value };
  if (typeof value === 'string')
    return { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) };
  return { name, type: AttributeType.INTS, ints: [...value] };
}
