import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LintelError } from '../lintel-error.ts';
import { type ModelFile, ModelRefused, modelFile, readCatalogue, readModel } from './catalogue.ts';
import { PROFILES } from './profile.ts';

const folder = mkdtempSync(join(tmpdir(), 'lintel-catalogue-'));
afterAll(() => rmSync(folder, { recursive: true }));

const model = Buffer.from('the bytes of a model');
const file: ModelFile = {
  name: 'face-64x64.onnx',
  width: 64,
  height: 64,
  outputs: { cls: [1, 10, 2], loc: [1, 10, 4] },
  sha256: createHash('sha256').update(model).digest('hex'),
};
const card = {
  id: 'face',
  purpose: 'face-detection',
  about: 'finds faces',
  licence: 'MIT',
  source: { package: 'p', version: '1.0.0', integrity: 'sha512-', file: 'f', sha256: file.sha256 },
  files: [file],
};

function read(catalogue: unknown): Promise<unknown> {
  const path = join(folder, 'catalogue.json');
  writeFileSync(path, typeof catalogue === 'string' ? catalogue : JSON.stringify(catalogue));
  return readCatalogue(path);
}

describe('readCatalogue', () => {
  it('knows a file for every stage of every profile', async () => {
    const catalogue = await readCatalogue();
    for (const { model, width, height } of Object.values(PROFILES).flat()) {
      expect(modelFile(catalogue, model, width, height).outputs.loc?.[2]).toBe(4);
    }
    expect(() => modelFile(catalogue, 'ultraface', 32, 32)).toThrow(LintelError);
  });

  it.each(['age', 'ethnicity', 'face-recognition', 'emotion', 'Face-Detection'])(
    'refuses a model for the purpose %s, naming the promise',
    async (purpose) => {
      const refused = read([card, { ...card, id: 'other', purpose }]);
      await expect(refused).rejects.toThrow(ModelRefused);
      await expect(refused).rejects.toThrow(/'.*'.*promise P7/);
    },
  );

  it.each([
    ['an output beside boxes and scores', { ...file.outputs, embedding: [1, 1, 128] }],
    ['an output with a name that every object knows', { ...file.outputs, constructor: [1, 1, 128] }],
    ['boxes that carry landmarks', { ...file.outputs, loc: [1, 10, 16] }],
    ['more than two classes', { ...file.outputs, cls: [1, 10, 7] }],
    ['a missing output', { loc: file.outputs.loc }],
  ])('refuses a card that declares %s', async (_, outputs) => {
    await expect(read([{ ...card, files: [{ ...file, outputs }] }])).rejects.toThrow(ModelRefused);
  });

  it('says where it is wrong when a card lacks something, or has something that it should not', async () => {
    await expect(read([{ ...card, licence: undefined }])).rejects.toThrow('0.licence');
    await expect(read([{ ...card, url: 'http://example.org' }])).rejects.toMatchObject({
      code: 'MODEL_CATALOGUE',
    });
    const escaping = { ...card, files: [{ ...file, name: '../face.onnx' }] };
    await expect(read([escaping])).rejects.toThrow('0.files.0.name');
  });

  it('gives one clear error for a file that is no JSON, and for none', async () => {
    await expect(read('{')).rejects.toMatchObject({ code: 'MODEL_CATALOGUE' });
    await expect(readCatalogue(join(folder, 'none.json'))).rejects.toMatchObject({ code: 'MODEL_CATALOGUE' });
  });
});

describe('readModel', () => {
  const place = (bytes: Uint8Array) => writeFileSync(join(folder, file.name), bytes);

  it('gives the bytes that were hashed', async () => {
    place(model);
    expect(await readModel(folder, file)).toEqual(model);
  });

  it('refuses a model in which one bit differs, and one that is cut short, naming the promise', async () => {
    const flipped = Buffer.from(model);
    flipped[7]! ^= 1;
    for (const bytes of [flipped, model.subarray(0, -1), new Uint8Array()]) {
      place(bytes);
      await expect(readModel(folder, file)).rejects.toThrow(ModelRefused);
      await expect(readModel(folder, file)).rejects.toThrow('promise P7');
    }
  });

  it('says what to do when the model is not there', async () => {
    const missing = readModel(folder, { ...file, name: 'none.onnx' });
    await expect(missing).rejects.toMatchObject({
      code: 'MODEL_MISSING',
      message: expect.stringContaining('npm run setup'),
    });
  });
});
