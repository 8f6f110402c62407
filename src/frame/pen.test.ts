import { expect, test } from 'vitest';
import { I420Layout } from './i420.ts';
import { BLACK, Pen, RED, WHITE } from './pen.ts';

const layout = new I420Layout(33, 21);
function blank() {
  const bytes = new Uint8Array(layout.byteLength).fill(128);
  return { bytes, frame: layout.view(bytes) };
}

test('what is drawn beyond the frame changes nothing but what is inside', () => {
  const { bytes, frame } = blank();
  const pen = new Pen(frame);
  pen.line(-100, -50, 200, 80, 5, RED);
  pen.arrow(30, 30, 60, -10, 3, RED);
  pen.number('0.9', 30, 18, 2);
  pen.rectangle(-9, -9, 5, 5, WHITE);
  expect(bytes.length).toBe(layout.byteLength);
  expect(frame.y[0]).toBe(128);
  expect(frame.y.filter((luma) => luma === RED[0]).length).toBeGreaterThan(30);
});

test('a number can be read', () => {
  const { frame } = blank();
  new Pen(frame).number('17', 3, 3, 1);
  const rows = [3, 4, 5, 6, 7].map((row) =>
    [3, 4, 5, 6, 7, 8, 9].map((x) => ({ [WHITE[0]]: '#', [BLACK[0]]: '.' })[frame.y[row * 33 + x]!]).join(''),
  );
  expect(rows).toEqual(['.#..###', '##....#', '.#....#', '.#....#', '###...#']);
});
