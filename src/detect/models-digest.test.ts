import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { modelsDigest } from './models-digest.ts';

const MODELS = new URL('../../build/models/', import.meta.url);

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
const fileSha256 = async (name: string) => sha256(await readFile(fileURLToPath(new URL(name, MODELS))));

test('a profile is told by the very files that it loads', async () => {
  const near = await fileSha256('ultraface-640x384.onnx');
  expect(Buffer.from(await modelsDigest('near'))).toEqual(sha256(near));
  const careful = ['ultraface-960x576.onnx', 'mediapipe-full-640x384.onnx'].map(fileSha256);
  expect(Buffer.from(await modelsDigest('careful'))).toEqual(
    sha256(Buffer.concat(await Promise.all(careful))),
  );
});
