import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { I420Layout } from '../../../src/frame/i420.ts';

let folder: string;
const program = () => join(folder, 'pack-i420');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-i420-'));
  const sources = ['i420.cc', '../../../test/device/camera/pack-i420.cc'];
  const options = ['-O3', '-std=c++20', '-Wall', '-Wextra', '-Werror', '-fsanitize=address,undefined'];
  const paths = sources.map((name) => join(import.meta.dirname, name));
  execFileSync('g++', [...options, '-fno-sanitize-recover', '-o', program(), ...paths]);
});
afterAll(() => rmSync(folder, { recursive: true }));

const side = fc.integer({ min: 16, max: 67 });

it.each(['yuv420', 'nv12'])(
  'a picture in %s is packed sample by sample, of any size and padding',
  (format) => {
    fc.assert(
      fc.property(side, side, fc.integer({ min: 0, max: 33 }), fc.nat(), (width, height, padding, seed) => {
        const layout = new I420Layout(width, height);
        // That of a camera is even.
        const stride = width + (width % 2) + 2 * padding;
        const picture = Uint8Array.from({ length: layout.byteLength }, (_, at) => (at * 31 + seed) % 251);
        const { y, u, v } = layout.view(picture);
        const { chromaWidth, chromaHeight } = layout;
        const pairs = Uint8Array.from({ length: 2 * u.length }, (_, at) => (at % 2 ? v : u)[at >> 1]!);
        const written = [
          padded(y, width, height, stride),
          ...(format === 'nv12'
            ? [padded(pairs, 2 * chromaWidth, chromaHeight, stride)]
            : [u, v].map((plane) => padded(plane, chromaWidth, chromaHeight, stride / 2))),
        ];
        const given = [format, width, height, stride].map(String);
        const { status, stdout, stderr } = spawnSync(program(), given, { input: Buffer.concat(written) });
        expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' });
        expect(stdout.equals(picture)).toBe(true);
      }),
      { numRuns: 30 },
    );
  },
);

/** The rows with padding between them, and none after the last. */
function padded(plane: Uint8Array, width: number, height: number, stride: number): Uint8Array {
  const bytes = new Uint8Array(stride * (height - 1) + width).fill(0xee);
  for (let row = 0; row < height; row++)
    bytes.set(plane.subarray(row * width, (row + 1) * width), row * stride);
  return bytes;
}
