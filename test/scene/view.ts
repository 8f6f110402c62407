import type { DoorwayLine } from '../../src/count/doorway.ts';
import type { Box } from '../../src/geometry/box.ts';
import type { Walker } from './walker.ts';

export const FRAME_WIDTH = 1280;
export const FRAME_HEIGHT = 720;

/** Focal length in pixels of a lens that sees 70 degrees; the lens's height and a face's size in metres. */
const FOCAL = 914;
const LENS_HEIGHT = 2.2;
const FACE_WIDTH = 0.16;
const FACE_HEIGHT = 0.21;
/** A head is this much wider and higher than its face, and hides a face of which it covers more than this share. */
const HEAD = 1.25;
const HIDDEN = 0.5;

/** Where the line of the view `TOWARDS` lies, as a fraction of the frame's height. */
const LINE = 0.42;

export interface Face {
  readonly walker: Walker;
  readonly box: Box;
}

/** A pinhole camera at a doorway. */
export interface View {
  readonly line: DoorwayLine;
  /** Metres from the lens to the plane of the face. */
  distance(walker: Walker): number;
  /** Pixels from the frame's left edge to the middle of the face. */
  column(walker: Walker): number;
  readonly horizonRow: number;
  /** 1 for a face on the in side of the line, -1 on the out side, 0 less than half its size away from it. */
  side(box: Box): number;
}

/** People pass before the camera; `aside` is their distance from it. */
export const ACROSS: View = {
  line: { from: [0.5, 0], to: [0.5, 1], in: 'right' },
  distance: (walker) => walker.walk.aside,
  column: (walker) => FRAME_WIDTH / 2 + (FOCAL * walker.place) / walker.walk.aside,
  horizonRow: 210,
  side: (box) => side(box.x + box.width / 2 - FRAME_WIDTH / 2, box),
};

/** People come to the camera; `aside` is how far left or right of it they walk. */
export const TOWARDS: View = {
  line: { from: [0, LINE], to: [1, LINE], in: 'below' },
  distance: (walker) => distanceOfLine(walker.walk.faceHeight) - walker.place,
  column: (walker) => FRAME_WIDTH / 2 + (FOCAL * walker.walk.aside) / TOWARDS.distance(walker),
  horizonRow: 160,
  side: (box) => side(box.y + box.height / 2 - LINE * FRAME_HEIGHT, box),
};

function side(fromLine: number, box: Box): number {
  return Math.abs(fromLine) < Math.sqrt(box.width * box.height) / 2 ? 0 : Math.sign(fromLine);
}

/** In the view `TOWARDS`, how far from the lens a face of this height is on the line. */
export function distanceOfLine(faceHeight: number): number {
  return (FOCAL * (LENS_HEIGHT - faceHeight)) / (LINE * FRAME_HEIGHT - TOWARDS.horizonRow);
}

/** The faces that can be seen, with whose they are; those hidden by a nearer head or mostly out of the frame left out. */
export function visibleFaces(view: View, walkers: readonly Walker[]): Face[] {
  const near = [...walkers].sort((a, b) => view.distance(a) - view.distance(b));
  const faces = near.map((walker) => ({ walker, box: faceBox(view, walker) }));
  return faces.filter(
    ({ box }, index) =>
      shareWithin(box, FRAME) > 0.6 &&
      faces.slice(0, index).every((nearer) => shareWithin(box, grown(nearer.box, HEAD)) <= HIDDEN),
  );
}

const FRAME: Box = { x: 0, y: 0, width: FRAME_WIDTH, height: FRAME_HEIGHT };

function faceBox(view: View, walker: Walker): Box {
  const scale = FOCAL / view.distance(walker);
  const width = FACE_WIDTH * scale;
  const height = FACE_HEIGHT * scale;
  const row = view.horizonRow + (LENS_HEIGHT - walker.height) * scale;
  return { x: view.column(walker) - width / 2, y: row - height / 2, width, height };
}

function grown(box: Box, by: number): Box {
  const width = box.width * by;
  const height = box.height * by;
  return { x: box.x - (width - box.width) / 2, y: box.y - (height - box.height) / 2, width, height };
}

/** How much of `box` lies within `other`, 0 to 1. */
function shareWithin(box: Box, other: Box): number {
  const width = Math.min(box.x + box.width, other.x + other.width) - Math.max(box.x, other.x);
  const height = Math.min(box.y + box.height, other.y + other.height) - Math.max(box.y, other.y);
  return (Math.max(0, width) * Math.max(0, height)) / (box.width * box.height);
}
