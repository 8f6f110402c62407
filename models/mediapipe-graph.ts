import type { ModelFile } from '../src/detect/catalogue.ts';
import { malformed } from './flat-table.ts';
import { type Attributes, floatTensor, OnnxGraph } from './onnx-graph.ts';
import { readTflite, type Tflite, type TfliteOperator } from './tflite.ts';
import { float16Values, int32Values } from './tflite-values.ts';

/** Of the 16 numbers for each place, the first 4 are the box; the others are eyes, nose, mouth and ears. */
const NUMBERS = 16;
const BOX_NUMBERS = 4;
/** Which field of an operator's options names the activation fused into it (none of ours has one). */
const FUSED: Partial<Record<TfliteOperator['kind'], number>> = {
  ADD: 0,
  CONV_2D: 3,
  DEPTHWISE_CONV_2D: 4,
  MAX_POOL_2D: 5,
};

/**
 * MediaPipe's full-range face detector, from TensorFlow Lite to ONNX and to the input size of `file`. The last
 * convolution loses the weights that compute facial landmarks, so that the built file cannot tell them.
 * @throws LintelError MODEL_SOURCE
 */
export function buildMediapipe(source: Uint8Array, file: ModelFile): Uint8Array {
  return new Conversion(readTflite(source), file).encode();
}

/** TensorFlow's order of axes is NHWC, ONNX's NCHW: the built graph is NCHW up to its last two reshapes. */
class Conversion {
  readonly #source: Tflite;
  readonly #graph: OnnxGraph;
  readonly #names: string[];
  readonly #boxConvolution: TfliteOperator;

  constructor(source: Tflite, file: ModelFile) {
    this.#source = source;
    this.#graph = new OnnxGraph(
      'mediapipe-full',
      [floatTensor('input', [1, 3, file.height, file.width])],
      Object.entries(file.outputs).map(([name, shape]) => floatTensor(name, shape)),
    );
    const boxes = source.outputs.find((output) => source.tensors[output]!.shape[2] === NUMBERS);
    const scores = source.outputs.find((output) => source.tensors[output]!.shape[2] === 1);
    if (source.inputs.length !== 1 || boxes === undefined || scores === undefined) {
      throw malformed('it is not the full-range face detector');
    }
    this.#names = source.tensors.map((_, index) => `t${index}`);
    this.#names[source.inputs[0]!] = 'input';
    this.#names[boxes] = 'loc';
    this.#names[scores] = 'cls';
    this.#boxConvolution = this.#producer(this.#producer(boxes).inputs[0]!);
  }

  encode(): Uint8Array {
    for (const operator of this.#source.operators) this.#convert(operator);
    return this.#graph.encode();
  }

  #convert(operator: TfliteOperator): void {
    const { kind, options, inputs } = operator;
    const fused = FUSED[kind];
    if (fused !== undefined && options?.int8(fused))
      throw malformed(`${kind} has an activation fused into it`);
    switch (kind) {
      case 'DEQUANTIZE': // of weights, which are read where they are used
        break;
      case 'CONV_2D':
      case 'DEPTHWISE_CONV_2D':
        this.#convolution(operator);
        break;
      case 'RELU':
        this.#node('Relu', operator, inputs);
        break;
      case 'ADD':
        this.#node('Add', operator, inputs);
        break;
      case 'MAX_POOL_2D':
        this.#pool(operator);
        break;
      case 'PAD':
        this.#pad(operator);
        break;
      case 'RESIZE_BILINEAR':
        this.#resize(operator);
        break;
      case 'RESHAPE':
        this.#reshape(operator);
    }
  }

  #convolution(operator: TfliteOperator): void {
    const [image, weights, bias] = operator.inputs as [number, number, number];
    const depthwise = operator.kind === 'DEPTHWISE_CONV_2D';
    const [first = 0, height = 0, width = 0, last = 0] = this.#source.tensors[weights]!.shape;
    const [channels, depth] = depthwise ? [last, first] : [first, last];
    const kept = operator === this.#boxConvolution ? BOX_NUMBERS : channels;
    const values = this.#weights(weights, channels * height * width * depth);
    const area = height * width;
    const ordered = new Float32Array(kept * depth * area);
    for (let c = 0; c < kept; c++) {
      for (let d = 0; d < depth; d++) {
        for (let at = 0; at < area; at++) {
          const from = depthwise ? at * channels + c : (c * area + at) * depth + d;
          ordered[(c * depth + d) * area + at] = values[from]!;
        }
      }
    }
    this.#graph.floats(this.#names[weights]!, [kept, depth, height, width], ordered);
    this.#graph.floats(this.#names[bias]!, [kept], this.#weights(bias, channels).slice(0, kept));
    const group = depthwise ? channels : 1;
    const attributes = { kernel_shape: [height, width], group, ...window(operator) };
    this.#node('Conv', operator, [image, weights, bias], attributes);
  }

  #pool(operator: TfliteOperator): void {
    const kernel_shape = [operator.options?.int32(4) ?? 0, operator.options?.int32(3) ?? 0];
    this.#node('MaxPool', operator, operator.inputs, { kernel_shape, ...window(operator) });
  }

  #pad(operator: TfliteOperator): void {
    const [image, amounts] = operator.inputs as [number, number];
    const [n, n2, top, bottom, left, right, before, after] = int32Values(this.#source.tensors[amounts]);
    if (n || n2 || top || bottom || left || right || before || after === undefined) {
      throw malformed('PAD pads something else than channels at their end');
    }
    this.#graph.integers(this.#names[amounts]!, [0, 0, 0, 0, 0, after, 0, 0]);
    this.#node('Pad', operator, [image, amounts]);
  }

  #resize(operator: TfliteOperator): void {
    const image = operator.inputs[0]!;
    const [, height = 0, width = 0] = this.#source.tensors[image]!.shape;
    const [, newHeight = 0, newWidth = 0] = this.#source.tensors[operator.output]!.shape;
    if (operator.options?.int8(2) || !operator.options?.int8(3)) throw malformed('RESIZE is not half-pixel');
    const output = this.#names[operator.output]!;
    this.#graph.floats(`${output}_scales`, [4], Float32Array.of(1, 1, newHeight / height, newWidth / width));
    this.#graph.node('Resize', [this.#names[image]!, '', `${output}_scales`], output, {
      mode: 'linear',
      coordinate_transformation_mode: 'half_pixel',
    });
  }

  #reshape(operator: TfliteOperator): void {
    const output = this.#names[operator.output]!;
    this.#graph.integers(`${output}_shape`, [1, -1, output === 'loc' ? BOX_NUMBERS : 1]);
    this.#graph.node('Transpose', [this.#names[operator.inputs[0]!]!], `${output}_rows`, {
      perm: [0, 2, 3, 1],
    });
    this.#graph.node('Reshape', [`${output}_rows`, `${output}_shape`], output);
  }

  #node(
    kind: string,
    operator: TfliteOperator,
    inputs: readonly number[],
    attributes: Attributes = {},
  ): void {
    const names = inputs.map((index) => this.#names[index]!);
    this.#graph.node(kind, names, this.#names[operator.output]!, attributes);
  }

  #producer(tensor: number): TfliteOperator {
    const found = this.#source.operators.find(({ output }) => output === tensor);
    if (!found) throw malformed('an output is computed from nothing');
    return found;
  }

  /** Weights are kept as half floats that a DEQUANTIZE brings to float32. */
  #weights(index: number, length: number): Float32Array {
    const values = float16Values(this.#source.tensors[this.#producer(index).inputs[0]!]);
    if (values.length !== length) throw malformed('weights are of another size than declared');
    return values;
  }
}

/** Padding and strides of a convolution or a pool: their fields have the same numbers in both. */
function window({ options }: TfliteOperator): Attributes {
  return {
    auto_pad: options?.int8(0) === 0 || !options ? 'SAME_UPPER' : 'VALID',
    strides: [options?.int32(2, 0) ?? 0, options?.int32(1, 0) ?? 0],
  };
}
