import onnxProto from 'onnx-proto';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import type { ModelFile } from '../src/detect/catalogue.ts';
import { LintelError } from '../src/lintel-error.ts';
import { floatTensor, OnnxGraph } from './onnx-graph.ts';
import { buildUltraface } from './ultraface-graph.ts';

/** A network with the source's tensor names, a shape that is computed, and a tail and weights that are to be cut off. */
function source(): Uint8Array {
  const graph = new OnnxGraph(
    'source',
    [floatTensor('image', [1, 3, 2, 2]), floatTensor('input', [1, 3, 2, 2])],
    [floatTensor('scores', [1, 3, 4])],
  );
  graph.node('Shape', ['input'], 'sizes');
  graph.integers('shape', [0, 3, -1]);
  graph.node('Where', ['sizes', 'shape', 'shape'], 'computed');
  graph.node('Reshape', ['input', 'computed'], '461');
  graph.node('Relu', ['461'], '462');
  graph.floats('tail', [1], Float32Array.of(123));
  graph.node('Mul', ['462', 'tail'], 'scores');
  return graph.encode();
}

const file: ModelFile = {
  name: 'small.onnx',
  width: 4,
  height: 2,
  outputs: { cls: [1, 3, 8], loc: [1, 3, 8] },
  sha256: '',
};

describe('buildUltraface', () => {
  it('keeps what the two raw outputs need, names them, and sets the input size', async () => {
    const built = buildUltraface(source(), file);
    const { graph } = onnxProto.onnx.ModelProto.decode(built);
    expect(graph!.node!.map(({ opType }) => opType)).toEqual(['Reshape', 'Relu']);
    expect(graph!.initializer!.map(({ name }) => name)).toEqual(['cls_shape']);

    const session = await InferenceSession.create(built);
    expect([session.inputNames, session.outputNames]).toEqual([['input'], ['cls', 'loc']]);
    const values = Float32Array.from({ length: 24 }, (_, i) => i - 12);
    const { cls, loc } = await session.run({ input: new Tensor('float32', values, [1, 3, 2, 4]) });
    expect(cls!.data).toEqual(values);
    expect(loc!.data).toEqual(values.map((value) => Math.max(0, value)));
    await session.release();
  });

  it('makes the same bytes every time', () => {
    expect(buildUltraface(source(), file)).toEqual(buildUltraface(source(), file));
  });

  it('refuses another model, and what is no model', () => {
    const other = new OnnxGraph('other', [floatTensor('input', [1])], [floatTensor('out', [1])]);
    other.node('Relu', ['input'], 'out');
    expect(() => buildUltraface(other.encode(), file)).toThrow(LintelError);
    expect(() => buildUltraface(Buffer.from('<html>not found</html>'), file)).toThrow(LintelError);
    expect(() => buildUltraface(new Uint8Array(), file)).toThrow(LintelError);
  });
});
