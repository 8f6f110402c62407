import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import encode, { init } from '@jsquash/jpeg/encode.js';
import { MOST_STILL_BYTES } from '../aiming/aim-folder.ts';
import { rgbaOf } from './rgba.ts';
import type { StillStart } from './still-thread.ts';

// The thread that makes JPEG files; see `StillThread`.

/** Tried in this order until the file is small enough. */
const QUALITIES = [75, 50, 25, 1];
const WASM = '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm';

// Not among the types of Node.
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<Parameters<typeof init>[0]> };

const { size, planes: memory } = workerData as StillStart;
const { width, height } = size;
const planes = new Uint8Array(memory);
const data = new Uint8ClampedArray(new ArrayBuffer(4 * width * height));
const port = parentPort!;

const ready = readFile(createRequire(import.meta.url).resolve(WASM))
  .then((bytes) => WebAssembly.compile(bytes))
  .then((module) => init(module));

port.on('message', () => {
  make().then(
    (file) => port.postMessage(file),
    (error) => port.postMessage(String(error)),
  );
});

async function make(): Promise<Uint8Array> {
  await ready;
  rgbaOf(planes, width, height, data);
  const image = { data, width, height, colorSpace: 'srgb' } as const;
  for (const quality of QUALITIES) {
    // Baseline, and nothing that looks for a smaller file: it is looked at once.
    const file = await encode(image, {
      quality,
      baseline: true,
      progressive: false,
      optimize_coding: false,
    });
    if (file.byteLength <= MOST_STILL_BYTES) return new Uint8Array(file);
  }
  throw new Error(`the picture is over ${MOST_STILL_BYTES} bytes however it is made`);
}
