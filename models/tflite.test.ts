import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LintelError } from '../src/lintel-error.ts';
import { smallDetector } from '../test/reference/tflite-network.ts';
import { writeTflite } from '../test/reference/tflite-writer.ts';
import { buildMediapipe } from './mediapipe-graph.ts';
import { readTflite } from './tflite.ts';

const network = smallDetector(8, 8, 1);
const bytes = writeTflite(network);
const file = {
  name: 'small.onnx',
  width: 8,
  height: 8,
  outputs: { cls: [1, 16, 1], loc: [1, 16, 4] },
  sha256: '',
};

/** Either a model comes out, or a LintelError: nothing else, and soon. */
function readAndBuild(source: Uint8Array): void {
  try {
    buildMediapipe(source, file);
  } catch (error) {
    if (!(error instanceof LintelError)) throw error;
    expect(error.code).toBe('MODEL_SOURCE');
  }
}

describe('readTflite', () => {
  it('reads what another library wrote', () => {
    const { tensors, operators, inputs, outputs } = readTflite(bytes);
    expect(inputs).toEqual([network.input]);
    expect(outputs).toEqual(network.outputs);
    expect(tensors.map(({ shape, type }) => ({ shape, type }))).toEqual(
      network.tensors.map(({ shape, type }) => ({ shape, type })),
    );
    expect(operators.map(({ kind, inputs, output }) => ({ kind, inputs, output }))).toEqual(
      network.operators.map(({ kind, inputs, output }) => ({ kind, inputs, output })),
    );
  });

  it('refuses a list that is longer than any model of ours has one', () => {
    const tensors = network.tensors.with(0, { ...network.tensors[0]!, shape: Array(9).fill(1) });
    expect(() => readTflite(writeTflite({ ...network, tensors }))).toThrow('a list of 9 entries');
  });

  it('refuses a file that is cut anywhere', () => {
    for (let length = 0; length < bytes.length; length++) readAndBuild(bytes.slice(0, length));
    expect(() => readTflite(bytes.slice(0, bytes.length >> 1))).toThrow(LintelError);
  });

  it('survives any changed bytes', () => {
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const damaged = bytes.slice();
        for (const [at, value] of changes) damaged[at] = value;
        readAndBuild(damaged);
      }),
      { numRuns: 2000 },
    );
  });

  it('survives bytes that were never a model', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        readAndBuild(noise);
        const named = Uint8Array.from([0, 0, 0, 0, ...Buffer.from('TFL3'), ...noise]);
        named[0] = noise[0] ?? 0;
        readAndBuild(named);
      }),
      { numRuns: 1000 },
    );
  });
});
