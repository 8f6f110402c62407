import { open } from 'node:fs/promises';
import { FileSource } from '../../../firmware/media/file-source.ts';
import { Y4mReader } from '../../../src/frame/y4m-reader.ts';
import type { Box } from '../../../src/geometry/box.ts';

/** How much of the labelled faces came out covered. */
export interface CoveredRecall {
  readonly faces: number;
  /** The share of faces of which at least `ENOUGH` of the labelled box is covered. */
  readonly facesCovered: number;
  /** The share of faces of which at least half is covered: those that were found. */
  readonly facesFound: number;
}

const ENOUGH = 0.9;
const FOUND = 0.5;
/** Converting a frame to RGB and back moves its luma by less. */
const CHANGED_BY = 5;
/** A row or a column is touched when this share of its samples is changed. */
const TOUCHED = 0.1;

/**
 * Compares what went in with what came out, frame by frame, at the labels (by frame, in frame pixels). The pixels
 * alone are asked, so that whoever wrote them is judged in the same way.
 */
export async function coveredRecall(
  before: string,
  after: string,
  labels: readonly (readonly Box[])[],
): Promise<CoveredRecall> {
  await using one = await frames(before);
  await using other = await frames(after);
  const { width } = one.reader.header.layout;
  let [faces, covered, found] = [0, 0, 0];
  for (const boxes of labels) {
    if (!(await one.reader.read(one.bytes)) || !(await other.reader.read(other.bytes))) {
      throw new Error(`${after} has fewer frames than ${before}`);
    }
    for (const box of boxes) {
      const share = coveredShare(one.bytes, other.bytes, width, box);
      faces++;
      if (share >= ENOUGH) covered++;
      if (share >= FOUND) found++;
    }
  }
  if (await other.reader.read(other.bytes)) throw new Error(`${after} has more frames than ${before}`);
  return { faces, facesCovered: covered / faces, facesFound: found / faces };
}

/**
 * The share of `box` that a rectangle drawn over it has changed: rows touched times columns touched. A blur leaves
 * single pixels of a smooth cheek as they are, but hardly a whole row of a face.
 */
export function coveredShare(
  before: Uint8Array,
  after: Uint8Array,
  stride: number,
  { x, y, width, height }: Box,
): number {
  const columns = new Uint16Array(width);
  let rows = 0;
  for (let row = 0; row < height; row++) {
    let changed = 0;
    for (let column = 0; column < width; column++) {
      const at = (y + row) * stride + x + column;
      if (Math.abs(before[at]! - after[at]!) < CHANGED_BY) continue;
      columns[column]!++;
      changed++;
    }
    if (changed >= TOUCHED * width) rows++;
  }
  const touched = columns.reduce((sum, changed) => sum + (changed >= TOUCHED * height ? 1 : 0), 0);
  return (rows * touched) / (width * height);
}

async function frames(path: string) {
  const file = await open(path);
  const reader = await Y4mReader.open(new FileSource(file));
  const bytes = new Uint8Array(reader.header.layout.byteLength);
  return { reader, bytes, [Symbol.asyncDispose]: () => file.close() };
}
