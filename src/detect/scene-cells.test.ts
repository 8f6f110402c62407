import fc from 'fast-check';
import { expect, test } from 'vitest';
import { I420Layout } from '../frame/i420.ts';
import { PlaneCells } from './plane-cells.ts';
import { SceneCells } from './scene-cells.ts';

const side = fc.integer({ min: 16, max: 120 });
const byte = fc.integer({ min: 0, max: 255 });

test('a cell that is summed by words has the sum of its bytes', () => {
  fc.assert(
    fc.property(
      fc.constantFrom([8, 1], [16, 2], [24, 3], [64, 8], [4, 1], [12, 3]),
      fc.integer({ min: 16, max: 30 }),
      fc.integer({ min: 0, max: 2 }),
      byte,
      ([side, rowStep], columns, slack, brightest) => {
        const shape = {
          width: 4 * columns,
          height: 65,
          stride: 4 * (columns + slack),
          side: side!,
          rowStep: rowStep!,
        };
        const bytes = shape.stride * shape.height;
        const [aligned, shifted] = [new Uint8Array(bytes), new Uint8Array(bytes + 1).subarray(1)];
        for (let at = 0; at < bytes; at++)
          aligned[at] = shifted[at] = 255 - ((at * 31 + (at >> 7)) % (brightest + 1));
        const [byWords, byBytes] = [new PlaneCells(shape), new PlaneCells(shape)];
        byWords.measure(aligned);
        byBytes.measure(shifted);
        expect(byWords.sums).toEqual(byBytes.sums);
      },
    ),
  );
});

test('every place of a frame lies in a cell, and what lies between its rows lies in none', () => {
  fc.assert(
    fc.property(side, side, fc.nat(9), fc.nat(), fc.nat(), (width, height, slack, x, y) => {
      const layout = new I420Layout(width, height, width + slack);
      const frame = layout.view(new Uint8Array(layout.byteLength).fill(100));
      const [before, after] = [new SceneCells(layout), new SceneCells(layout)];
      before.measure(frame);
      for (let row = 0; row < height; row++)
        frame.y.fill(7, row * layout.lumaStride + width, (row + 1) * layout.lumaStride);
      after.measure(frame);
      expect(after.isWithin(0, before)).toBe(true);
      const plane = [frame.y, frame.u, frame.v][x % 3]!;
      const [columns, stride] =
        plane === frame.y ? [width, layout.lumaStride] : [layout.chromaWidth, layout.chromaStride];
      plane[(y % (plane === frame.y ? height : layout.chromaHeight)) * stride + (x % columns)] = 255;
      after.measure(frame);
      expect(after.isWithin(0, before)).toBe(false);
    }),
  );
});

test('what is kept of a frame is some fifty times less than the frame, and nothing once it is wiped', () => {
  const layout = new I420Layout(1280, 720);
  const frame = layout.view(new Uint8Array(layout.byteLength).fill(100));
  const [cells, none] = [new SceneCells(layout), new SceneCells(layout)];
  cells.measure(frame);
  expect(cells.length).toBe(3 * 80 * 45);
  cells.wipe();
  expect(cells.isWithin(0, none)).toBe(true);
});
