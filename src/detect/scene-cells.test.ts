import fc from 'fast-check';
import { expect, test } from 'vitest';
import { I420Layout } from '../frame/i420.ts';
import { PlaneCells } from './plane-cells.ts';
import { SceneCells } from './scene-cells.ts';

const side = fc.integer({ min: 16, max: 120 });
const byte = fc.integer({ min: 0, max: 255 });

test('cells have the same means natively as in TypeScript', () => {
  fc.assert(
    fc.property(
      side,
      side,
      fc.nat(5),
      fc.integer({ min: 4, max: 16 }),
      byte,
      (width, height, slack, side, brightest) => {
        const shape = { width, height, stride: width + slack, side };
        const plane = new Uint8Array(shape.stride * height + 1).subarray(1);
        for (let at = 0; at < plane.length; at++) plane[at] = 255 - ((at * 31 + (at >> 7)) % (brightest + 1));
        const [natively, plainly] = [new PlaneCells(shape), new PlaneCells(shape, null)];
        natively.measure(plane);
        plainly.measure(plane);
        expect(natively.isWithin(0, plainly)).toBe(true);
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

test('cells are 80 or more across at every size, so that no face that is found is narrower than one', () => {
  for (let width = 640; width <= 4096; width += 16) {
    const cells = new SceneCells(new I420Layout(width, Math.round((width * 9) / 16)));
    expect(cells.length, `${width} pixels wide`).toBeGreaterThanOrEqual(3 * 80 * 45);
  }
});

test.each([16, 17, 40])('a frame that is very wide and %d pixels high has cells that fit', (height) => {
  const layout = new I420Layout(4096, height);
  const frame = layout.view(new Uint8Array(layout.byteLength).fill(100));
  const [before, after] = [new SceneCells(layout), new SceneCells(layout)];
  before.measure(frame);
  for (const plane of [frame.y, frame.u, frame.v]) {
    plane.fill(255, plane.length - 9);
    after.measure(frame);
    expect(after.isWithin(0, before)).toBe(false);
    plane.fill(100);
  }
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
