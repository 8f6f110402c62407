import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EdgeBuffer } from './edge-buffer.ts';

// A named pipe plays the line, and this what the kernel puts into its buffer.

let folder: string;
let line: number;
let buffer: EdgeBuffer;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-edges-'));
  execFileSync('mkfifo', [join(folder, 'line')]);
  line = openSync(join(folder, 'line'), constants.O_RDWR | constants.O_NONBLOCK);
  buffer = new EdgeBuffer();
});
afterEach(() => {
  closeSync(line);
  rmSync(folder, { recursive: true });
});

/** Edges with these numbers; odd ones rise. */
function happen(...numbers: number[]): void {
  for (const number of numbers) {
    const event = new DataView(new ArrayBuffer(48));
    event.setBigUint64(0, 1_700_000_000_000_000_001n, true);
    event.setUint32(8, number % 2 === 1 ? 1 : 2, true);
    event.setUint32(12, 22, true);
    event.setUint32(16, number, true);
    event.setUint32(20, number, true);
    writeSync(line, event);
  }
}

const until = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, at) => first + at);

it('gives the level after each edge, in their order', () => {
  happen(1, 2, 3);
  expect(buffer.read(line)).toEqual({ levels: [1, 0, 1], missing: false });
  happen(4);
  expect(buffer.read(line)).toEqual({ levels: [0], missing: false });
});

it('knows that edges are missing at the beginning, between two, and between two readings', () => {
  happen(2);
  expect(buffer.read(line)).toEqual({ levels: [0], missing: true });
  happen(3, 5, 6);
  expect(buffer.read(line)).toEqual({ levels: [1, 1, 0], missing: true });
  happen(9);
  expect(buffer.read(line)).toEqual({ levels: [1], missing: true });
  happen(10);
  expect(buffer.read(line)).toEqual({ levels: [0], missing: false });
});

it('leaves what is more than a turn of the event loop should take for the next', () => {
  happen(...until(80));
  expect(buffer.read(line).levels).toHaveLength(64);
  expect(buffer.read(line)).toMatchObject({ levels: { length: 16 }, missing: false });
});

it('throws what reading throws', () => {
  expect(() => buffer.read(line)).toThrow(expect.objectContaining({ code: 'EAGAIN' }));
});
