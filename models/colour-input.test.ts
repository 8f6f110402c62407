import onnxProto from 'onnx-proto';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { takeColourPlanes } from './colour-input.ts';
import { floatTensor, OnnxGraph } from './onnx-graph.ts';

const HEIGHT = 6;
const WIDTH = 8;

/** One convolution with padding, over RGB. */
function network(input = 'input'): Uint8Array {
  const graph = new OnnxGraph(
    'one',
    [floatTensor(input, [1, 3, HEIGHT, WIDTH])],
    [floatTensor('out', [1, 4, HEIGHT, WIDTH])],
  );
  graph.floats(
    'weights',
    [4, 3, 3, 3],
    Float32Array.from({ length: 108 }, (_, at) => Math.sin(at * 1.7)),
  );
  graph.floats('bias', [4], Float32Array.of(0.1, -0.2, 0.3, 0.4));
  graph.node('Conv', [input, 'weights', 'bias'], 'out', { kernel_shape: [3, 3], pads: [1, 1, 1, 1] });
  return graph.encode();
}

describe('a network that takes Y, Cb and Cr as bytes', () => {
  it.each([
    { centre: 127, scale: 128, grey: 125 },
    { centre: 127.5, scale: 127.5, grey: 125 },
  ])(
    'says what it said of normalised RGB, and at its borders within half a step (%j)',
    async (normalisation) => {
      const { centre, scale, grey } = normalisation;
      const area = HEIGHT * WIDTH;
      const planes = Uint8Array.from({ length: 3 * area }, (_, at) =>
        at < area ? 70 + ((at * 31) % 120) : 115 + ((at * 7) % 25),
      );
      const rgb = new Float32Array(3 * area);
      for (let at = 0; at < area; at++) {
        const y = 1.164384 * (planes[at]! - 16);
        const cb = planes[area + at]! - 128;
        const cr = planes[2 * area + at]! - 128;
        rgb[at] = (y + 1.596027 * cr - centre) / scale;
        rgb[area + at] = (y - 0.391762 * cb - 0.812968 * cr - centre) / scale;
        rgb[2 * area + at] = (y + 2.017232 * cb - centre) / scale;
      }
      const shape = [1, 3, HEIGHT, WIDTH];
      const before = await run(network(), { input: new Tensor('float32', rgb, shape) });
      const after = await run(takeColourPlanes(network(), normalisation), {
        planes: new Tensor('uint8', planes, shape),
      });
      const { graph } = onnxProto.onnx.ModelProto.decode(takeColourPlanes(network(), normalisation));
      const subtracted = graph!.initializer!.find(({ name }) => name === graph!.node![0]!.input![2]);
      expect([...subtracted!.rawData!]).toEqual([grey, 128, 128]);

      const off = (inside: boolean) =>
        before.map((value, at) => (isInside(at) === inside ? Math.abs(value - after[at]!) : 0));
      expect(Math.max(...off(true))).toBeLessThan(1e-4);
      // Five of nine weights of up to 1 on each of three colours see the padding of a corner.
      expect(Math.max(...off(false))).toBeLessThan((0.5 * 1.164384 * 3 * 5) / scale);
    },
  );

  it('cannot be made of one whose input goes elsewhere, or of what is no network', () => {
    const refused = expect.objectContaining({ code: 'MODEL_SOURCE' });
    expect(() => takeColourPlanes(network('picture'), { centre: 0, scale: 1 })).toThrow(refused);
    expect(() => takeColourPlanes(new Uint8Array(), { centre: 0, scale: 1 })).toThrow(refused);
    const old = onnxProto.onnx.ModelProto.decode(network());
    old.opsetImport = [{ domain: '', version: 9 }];
    const bytes = onnxProto.onnx.ModelProto.encode(old).finish();
    expect(() => takeColourPlanes(bytes, { centre: 0, scale: 1 })).toThrow(refused);
  });
});

/** Whether an output sees no padding. */
function isInside(at: number): boolean {
  const [x, y] = [at % WIDTH, Math.floor(at / WIDTH) % HEIGHT];
  return x > 0 && y > 0 && x < WIDTH - 1 && y < HEIGHT - 1;
}

async function run(model: Uint8Array, feeds: Record<string, Tensor>): Promise<number[]> {
  const session = await InferenceSession.create(model);
  const { out } = await session.run(feeds);
  await session.release();
  return [...(out!.data as Float32Array)];
}
