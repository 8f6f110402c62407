import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import type { ModelFile } from '../src/detect/catalogue.ts';
import { smallDetector } from '../test/reference/tflite-network.ts';
import { runNetwork } from '../test/reference/tflite-run.ts';
import { writeTflite } from '../test/reference/tflite-writer.ts';
import { buildMediapipe } from './mediapipe-graph.ts';

const WIDTH = 24;
const HEIGHT = 16;
const PLACES = (WIDTH / 2) * (HEIGHT / 2);
const file: ModelFile = {
  name: 'small.onnx',
  width: WIDTH,
  height: HEIGHT,
  outputs: { cls: [1, PLACES, 1], loc: [1, PLACES, 4] },
  sha256: '',
};

describe('buildMediapipe', () => {
  it('computes what the network computes, by every operator', async () => {
    const network = smallDetector(HEIGHT, WIDTH, 7);
    const pixels = Array.from({ length: HEIGHT * WIDTH * 3 }, (_, i) => Math.sin(i * 0.7));
    const [boxes, scores] = runNetwork(network, pixels);

    const { cls, loc } = await run(buildMediapipe(writeTflite(network), file), pixels);
    expect(cls).toHaveLength(PLACES);
    for (let i = 0; i < PLACES; i++) {
      expect(cls[i]).toBeCloseTo(scores![i]!, 4);
      for (let k = 0; k < 4; k++) expect(loc[4 * i + k]).toBeCloseTo(boxes![16 * i + k]!, 4);
    }
  });

  it('leaves out the weights of facial landmarks', () => {
    const marked = smallDetector(HEIGHT, WIDTH, 7);
    const landmarks = marked.tensors.findIndex(({ shape, values }) => values && shape.join() === '16,1,1,6');
    const values = marked.tensors[landmarks]!.values!.map((value, i) => (i < 4 * 6 ? value : 0.421875));
    const tensors = marked.tensors.with(landmarks, { ...marked.tensors[landmarks]!, values });

    const built = Buffer.from(buildMediapipe(writeTflite({ ...marked, tensors }), file));
    expect(built.includes(Buffer.from(Float32Array.of(0.421875, 0.421875).buffer))).toBe(false);
  });

  it('makes the same bytes every time', () => {
    const source = writeTflite(smallDetector(HEIGHT, WIDTH, 3));
    expect(buildMediapipe(source, file)).toEqual(buildMediapipe(source, file));
  });

  it('refuses a model of another kind', () => {
    const { outputs, ...rest } = smallDetector(HEIGHT, WIDTH, 3);
    const source = writeTflite({ ...rest, outputs: outputs.slice(1) });
    expect(() => buildMediapipe(source, file)).toThrow('not the full-range face detector');
  });
});

async function run(
  model: Uint8Array,
  pixels: readonly number[],
): Promise<Record<'cls' | 'loc', Float32Array>> {
  const input = new Float32Array(pixels.length);
  const plane = HEIGHT * WIDTH;
  pixels.forEach((value, i) => {
    input[(i % 3) * plane + Math.floor(i / 3)] = value;
  });
  const session = await InferenceSession.create(model);
  const { cls, loc } = await session.run({ input: new Tensor('float32', input, [1, 3, HEIGHT, WIDTH]) });
  const answer = { cls: cls!.data as Float32Array, loc: loc!.data as Float32Array };
  await session.release();
  return answer;
}
