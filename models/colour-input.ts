import onnxProto from 'onnx-proto';
import { malformed } from './flat-table.ts';

const { ModelProto, TensorProto, AttributeProto } = onnxProto.onnx;
const BY_PLANE = { name: 'axis', type: AttributeProto.AttributeType.INT, i: 1 };

/** How a network wants its numbers: (value - centre) / scale, for RGB values of 0 to 255. */
export interface Normalisation {
  readonly centre: number;
  readonly scale: number;
}

/** BT.601, limited range (ITU-R BT.601-7, 2.5.4): what a step of Y, Cb and Cr adds to R, G and B. */
const RGB_OF_YUV = [
  [1.164384, 0, 1.596027],
  [1.164384, -0.391762, -0.812968],
  [1.164384, 2.017232, 0],
] as const;
const BLACK_LUMA = 16;
const GREY_CHROMA = 128;

/**
 * Lets a network that takes normalised RGB numbers take bytes of Y, Cb and Cr instead (`planes`, [1, 3, height, width]).
 * Both the colour matrix and the normalisation are affine, so they vanish into the weights and the bias of the first
 * convolution; what is left is to subtract, while bytes become numbers, the grey that normalises to zero, so that the
 * convolution's padding stays what it was. That grey is a whole number here: the padding is off by half a step of 255 at
 * most. Colours outside RGB's 0 to 255 are not cut off there.
 * @param model an ONNX file of opset 13 or more whose input 'input' goes into one convolution and nowhere else
 * @throws LintelError MODEL_SOURCE
 */
export function takeColourPlanes(model: Uint8Array, { centre, scale }: Normalisation): Uint8Array {
  const proto = ModelProto.decode(model);
  const { graph } = proto;
  const [input] = graph?.input ?? [];
  const [convolution, another] = graph?.node?.filter(({ input }) => input?.includes('input')) ?? [];
  const [weights, bias] = [1, 2].map((at) =>
    graph?.initializer?.find(({ name }) => name === convolution?.input?.[at]),
  );
  if (
    !graph?.node ||
    !input?.type?.tensorType ||
    convolution?.opType !== 'Conv' ||
    another ||
    !weights?.rawData ||
    !bias?.rawData
  ) {
    throw malformed('its input does not go into one convolution');
  }
  if (!proto.opsetImport?.every(({ version }) => Number(version) >= 13)) {
    throw malformed('its operators are older than those that make numbers of bytes');
  }
  const grey = BLACK_LUMA + centre / RGB_OF_YUV[0][0];
  const zero = Math.round(grey);
  const folded = foldWeights(floats(weights.rawData), weights.dims?.map(Number) ?? [], scale);
  weights.rawData = new Uint8Array(folded.buffer);
  bias.rawData = new Uint8Array(foldBias(floats(bias.rawData), folded, grey - zero).buffer);
  graph.initializer!.push(
    constant('one', TensorProto.DataType.FLOAT, Float32Array.of(1, 1, 1)),
    constant('grey', TensorProto.DataType.UINT8, Uint8Array.of(zero, GREY_CHROMA, GREY_CHROMA)),
  );
  graph.node.unshift({
    opType: 'DequantizeLinear',
    input: ['planes', 'one', 'grey'],
    output: ['input'],
    attribute: [BY_PLANE],
  });
  input.name = 'planes';
  input.type.tensorType.elemType = TensorProto.DataType.UINT8;
  return ModelProto.encode(proto).finish();
}

/** Weights for RGB (float32, [outputs, 3, height, width]) to weights for Y, Cb and Cr less grey. */
function foldWeights(before: Float32Array, dims: readonly number[], scale: number): Float32Array {
  const [outputs = 0, channels, height = 0, width = 0] = dims;
  const area = height * width;
  if (channels !== 3 || before.length !== outputs * 3 * area)
    throw malformed('its first convolution takes no RGB');
  const after = new Float32Array(before.length);
  for (let output = 0; output < outputs; output++) {
    for (let at = 0; at < area; at++) {
      for (let from = 0; from < 3; from++) {
        let sum = 0;
        for (const [to, row] of RGB_OF_YUV.entries())
          sum += before[(output * 3 + to) * area + at]! * row[from]!;
        after[(output * 3 + from) * area + at] = sum / scale;
      }
    }
  }
  return after;
}

/** The bias for luma that is too large by `excess` everywhere. */
function foldBias(before: Float32Array, weights: Float32Array, excess: number): Float32Array {
  const each = weights.length / before.length;
  return before.map((value, output) => {
    const luma = weights.subarray(output * each, output * each + each / 3);
    return value - excess * luma.reduce((sum, weight) => sum + weight, 0);
  });
}

function floats(raw: Uint8Array): Float32Array {
  return new Float32Array(Uint8Array.from(raw).buffer);
}

function constant(name: string, dataType: number, values: Float32Array | Uint8Array) {
  return { name, dims: [values.length], dataType, rawData: new Uint8Array(values.buffer) };
}
