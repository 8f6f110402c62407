import onnxProto from 'onnx-proto';
import { malformed } from './flat-table.ts';

const { ModelProto, TensorProto } = onnxProto.onnx;
const CAST_TO_FLOAT = { name: 'to', type: 2, i: TensorProto.DataType.FLOAT };

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
 * Both the colour matrix and the normalisation are affine, so they vanish into the weights of the first convolution;
 * what is left is to subtract the grey that normalises to zero, so that the convolution's padding stays what it was.
 * Colours outside RGB's 0 to 255 are not cut off there.
 * @param model an ONNX file whose input 'input' goes into one convolution and nowhere else
 * @throws LintelError MODEL_SOURCE
 */
export function takeColourPlanes(model: Uint8Array, { centre, scale }: Normalisation): Uint8Array {
  const proto = ModelProto.decode(model);
  const { graph } = proto;
  const [input] = graph?.input ?? [];
  const [convolution, another] = graph?.node?.filter(({ input }) => input?.includes('input')) ?? [];
  const weights = graph?.initializer?.find(({ name }) => name === convolution?.input?.[1]);
  if (
    !graph?.node ||
    !input?.type?.tensorType ||
    convolution?.opType !== 'Conv' ||
    another ||
    !weights?.rawData
  ) {
    throw malformed('its input does not go into one convolution');
  }
  weights.rawData = foldInto(weights.rawData, weights.dims?.map(Number) ?? [], scale);
  const grey = Float32Array.of(BLACK_LUMA + centre / RGB_OF_YUV[0][0], GREY_CHROMA, GREY_CHROMA);
  graph.initializer!.push({
    name: 'grey',
    dims: [1, 3, 1, 1],
    dataType: TensorProto.DataType.FLOAT,
    rawData: new Uint8Array(grey.buffer),
  });
  graph.node.unshift(
    { opType: 'Cast', input: ['planes'], output: ['numbers'], attribute: [CAST_TO_FLOAT] },
    { opType: 'Sub', input: ['numbers', 'grey'], output: ['input'] },
  );
  input.name = 'planes';
  input.type.tensorType.elemType = TensorProto.DataType.UINT8;
  return ModelProto.encode(proto).finish();
}

/** Weights for RGB (float32, [outputs, 3, height, width]) to weights for Y, Cb and Cr less grey. */
function foldInto(raw: Uint8Array, dims: readonly number[], scale: number): Uint8Array {
  const [outputs = 0, channels, height = 0, width = 0] = dims;
  const area = height * width;
  if (channels !== 3 || raw.byteLength !== outputs * 3 * area * 4)
    throw malformed('its first convolution takes no RGB');
  const before = new Float32Array(Uint8Array.from(raw).buffer);
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
  return new Uint8Array(after.buffer);
}
