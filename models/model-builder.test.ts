import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModelCard } from '../src/detect/catalogue.ts';
import { smallDetector } from '../test/reference/tflite-network.ts';
import { writeTflite } from '../test/reference/tflite-writer.ts';
import { takeColourPlanes } from './colour-input.ts';
import { buildMediapipe } from './mediapipe-graph.ts';
import { buildModels } from './model-builder.ts';

const source = writeTflite(smallDetector(32, 32, 5));
const file = {
  name: 'small-32x32.onnx',
  width: 32,
  height: 32,
  outputs: { cls: [1, 256, 1], loc: [1, 256, 4] },
  sha256: '',
};
file.sha256 = createHash('sha256')
  .update(takeColourPlanes(buildMediapipe(source, file), { centre: 127.5, scale: 127.5 }))
  .digest('hex');
const card: ModelCard = {
  id: 'mediapipe-full',
  purpose: 'face-detection',
  about: 'a small one',
  licence: 'MIT',
  source: { package: 'some', version: '1.0.0', integrity: 'sha512-', file: 'some.tflite', sha256: '' },
  files: [file],
};

let outDir: string;
let lines: string[];
beforeEach(() => {
  outDir = join(mkdtempSync(join(tmpdir(), 'lintel-build-')), 'models');
  lines = [];
});
afterEach(() => rmSync(join(outDir, '..'), { recursive: true }));

function build(catalogue: ModelCard[] = [card]): Promise<void> {
  return buildModels({ catalogue, outDir, fetch: async () => source, report: (line) => lines.push(line) });
}

describe('buildModels', () => {
  it('builds what is missing, and fetches nothing when all is there', async () => {
    await build();
    expect(readdirSync(outDir)).toEqual(['small-32x32.onnx']);
    expect(lines).toHaveLength(2);
    await build();
    expect(lines).toHaveLength(2);
  });

  it('builds a file anew that is not as recorded', async () => {
    await build();
    const path = join(outDir, file.name);
    const whole = readFileSync(path);
    writeFileSync(path, whole.subarray(0, 100));
    await build();
    expect(readFileSync(path)).toEqual(whole);
  });

  it('leaves nothing behind of a model that comes out otherwise than recorded', async () => {
    const wrong = { ...card, files: [{ ...file, sha256: '0'.repeat(64) }] as ModelCard['files'] };
    await expect(build([wrong])).rejects.toMatchObject({ code: 'MODEL_BUILD' });
    expect(() => readdirSync(outDir)).toThrow('ENOENT');
  });

  it('says so when the folder cannot be written to', async () => {
    writeFileSync(outDir, 'a file, not a folder');
    await expect(build()).rejects.toMatchObject({ code: 'MODEL_BUILD' });
  });
});
