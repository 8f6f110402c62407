import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import onnxProto from 'onnx-proto';
import { afterAll, describe, expect, it } from 'vitest';
import { floatTensor, OnnxGraph } from '../../models/onnx-graph.ts';
import { type ModelFile, ModelRefused } from './catalogue.ts';
import { ModelSession } from './model-session.ts';

const folder = mkdtempSync(join(tmpdir(), 'lintel-session-'));
afterAll(() => rmSync(folder, { recursive: true }));

const declared = { cls: [1, 768, 1], loc: [1, 768, 4] };

/** A model that gives its input back in rows of as many numbers as each of its `outputs` has. */
function place(outputs: Record<string, number[]>, bytes?: Uint8Array): ModelFile {
  const { FLOAT, UINT8 } = onnxProto.onnx.TensorProto.DataType;
  const planes = floatTensor('planes', [1, 3, 32, 32]);
  planes.type!.tensorType!.elemType = UINT8;
  const graph = new OnnxGraph(
    'echo',
    [planes],
    Object.entries(outputs).map(([name, shape]) => floatTensor(name, shape)),
  );
  graph.node('Cast', ['planes'], 'input', { to: FLOAT });
  graph.integers('from', [0, 0, 0, 0]);
  graph.integers('half', [1, 3, 8, 32]);
  graph.node('Slice', ['input', 'from', 'half'], 'quarter');
  for (const [name, [, , numbers = 0]] of Object.entries(outputs)) {
    graph.integers(`${name}_shape`, [1, -1, numbers]);
    graph.node('Reshape', [numbers === 1 ? 'quarter' : 'input', `${name}_shape`], name);
  }
  const model = bytes ?? graph.encode();
  writeFileSync(join(folder, 'echo.onnx'), model);
  const sha256 = createHash('sha256').update(model).digest('hex');
  return { name: 'echo.onnx', width: 32, height: 32, outputs: declared, sha256 };
}

describe('ModelSession', () => {
  it('runs a model that is what the catalogue declares', async () => {
    const session = await ModelSession.open(folder, place(declared), 1);
    session.input.forEach((_, i) => {
      session.input[i] = i % 256;
    });
    await session.run();
    expect([...session.loc]).toEqual([...session.input]);
    expect(session.cls).toHaveLength(768);
    await session.close();
  });

  it.each([
    ['another output', { ...declared, age: [1, 768, 1] }],
    ['landmarks beside the boxes', { ...declared, loc: [1, 192, 16] }],
    ['an output less', { loc: declared.loc }],
  ])('refuses a model with %s, though its hash is right', async (_, outputs) => {
    await expect(ModelSession.open(folder, place(outputs), 1)).rejects.toThrow(ModelRefused);
  });

  it('gives one clear error for a file that the runtime cannot open', async () => {
    const broken = ModelSession.open(folder, place(declared, Buffer.from('no model')), 1);
    await expect(broken).rejects.toMatchObject({ code: 'MODEL_BROKEN' });
  });
});
