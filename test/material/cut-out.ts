import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { Ffmpeg } from '../../firmware/media/ffmpeg.ts';

interface Person {
  readonly photo: string;
  readonly face: readonly [x: number, y: number, height: number];
  readonly outline: readonly (readonly [x: number, y: number])[];
}

/** A person: colours (RGB, 3 bytes a pixel) and how opaque each pixel is, 0 to 1. */
export interface CutOut {
  readonly width: number;
  readonly height: number;
  readonly colours: Uint8Array;
  readonly opacity: Float32Array;
  /** The middle of the face, from the top left corner. */
  readonly faceX: number;
  readonly faceY: number;
}

type Polygon = readonly (readonly [x: number, y: number])[];

const { photographWidth, people } = JSON.parse(
  await readFile(new URL('./people.json', import.meta.url), 'utf8'),
) as { photographWidth: number; people: readonly Person[] };

/** Samples along each side of a pixel, and the width over which an edge fades, in pixels. */
const SAMPLES = 4;
const FADE = 1.5;

/** Cuts out person `index` with a face of `faceHeight` pixels, and draws a coat below, `height` pixels in all. */
export async function cutOut(
  photosDir: string,
  index: number,
  faceHeight: number,
  height: number,
): Promise<CutOut> {
  const { photo, face, outline } = people[index]!;
  const scale = faceHeight / face[2];
  const left = Math.min(...outline.map(([x]) => x));
  const top = Math.min(...outline.map(([, y]) => y));
  const width = Math.ceil((Math.max(...outline.map(([x]) => x)) - left) * scale);
  const bust = Math.ceil((Math.max(...outline.map(([, y]) => y)) - top) * scale);
  const photograph = await crop(`${photosDir}/${photo}`, left, top, width, bust, scale);
  const polygon = outline.map(([x, y]) => [(x - left) * scale, (y - top) * scale] as const);
  const person: CutOut = {
    width,
    height,
    colours: new Uint8Array(width * height * 3),
    opacity: new Float32Array(width * height),
    faceX: (face[0] - left) * scale,
    faceY: (face[1] - top) * scale,
  };
  drawCoat(person, photograph, polygon, bust);
  for (let y = 0; y < bust; y++) {
    for (let x = 0; x < width; x++)
      over(person, x, y, photograph.subarray(3 * (y * width + x)), opacityAt(x, y, polygon));
  }
  return person;
}

/** From the shoulders down, in the colour that the cut-out ends in. */
function drawCoat(person: CutOut, photograph: Uint8Array, polygon: Polygon, bust: number): void {
  const { width, height } = person;
  const colour = lowerEdge(photograph, polygon, width, bust);
  const shoulders = Math.floor(bust * 0.62);
  const round = bust * 0.3;
  const middle = width / 2;
  for (let y = shoulders; y < height; y++) {
    const drop = Math.min(1, (y - shoulders) / round);
    const half = middle * (0.55 + 0.43 * Math.sqrt(1 - (1 - drop) ** 2));
    for (let x = Math.floor(middle - half); x <= middle + half; x++) {
      const aside = (x - middle) / half;
      const shade = 0.85 - 0.35 * aside * aside - (Math.abs(aside) < 0.02 ? 0.12 : 0);
      const edge = Math.min(1, half - Math.abs(x - middle));
      over(
        person,
        x,
        y,
        colour.map((channel) => channel * shade),
        edge,
      );
    }
  }
}

/** Paints one pixel over what is there. */
function over(
  { width, colours, opacity }: CutOut,
  x: number,
  y: number,
  colour: ArrayLike<number>,
  opaque: number,
): void {
  if (x < 0 || x >= width || opaque <= 0) return;
  const at = y * width + x;
  const below = opacity[at]! * (1 - opaque);
  opacity[at] = opaque + below;
  for (let channel = 0; channel < 3; channel++) {
    const mixed = colour[channel]! * opaque + colours[3 * at + channel]! * below;
    colours[3 * at + channel] = mixed / (opaque + below);
  }
}

async function crop(
  file: string,
  left: number,
  top: number,
  width: number,
  height: number,
  scale: number,
): Promise<Uint8Array> {
  const scaledWidth = 2 * Math.round((photographWidth * scale) / 2);
  const filter = `scale=${scaledWidth}:-2:flags=area,crop=${width}:${height}:${Math.round(left * scale)}:${Math.round(top * scale)}:exact=1,format=rgb24`;
  const ffmpeg = new Ffmpeg(file, ['-i', file, '-vf', filter, '-f', 'rawvideo', '-'], 'stdout');
  const [bytes] = await Promise.all([buffer(ffmpeg.process.stdout!), ffmpeg.finished()]);
  if (bytes.byteLength !== width * height * 3)
    throw new RangeError(`${file}: cut out ${bytes.byteLength} bytes`);
  return bytes;
}

/** The part of a pixel, and of its surroundings of `FADE`, that lies inside the polygon. */
function opacityAt(x: number, y: number, polygon: Polygon): number {
  let inside = 0;
  for (let row = 0; row < SAMPLES; row++) {
    for (let column = 0; column < SAMPLES; column++) {
      const spread = (at: number): number => ((at + 0.5) / SAMPLES - 0.5) * (1 + FADE) + 0.5;
      if (isInside(x + spread(column), y + spread(row), polygon)) inside++;
    }
  }
  return inside / (SAMPLES * SAMPLES);
}

/** Counts the outline's crossings of a ray to the right: odd means inside. */
function isInside(x: number, y: number, polygon: Polygon): boolean {
  let inside = false;
  for (let index = 0, last = polygon.length - 1; index < polygon.length; last = index++) {
    const [x1, y1] = polygon[index]!;
    const [x2, y2] = polygon[last]!;
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
  }
  return inside;
}

function lowerEdge(photograph: Uint8Array, polygon: Polygon, width: number, bust: number): number[] {
  const sums = [0, 0, 0];
  let pixels = 0;
  for (let y = Math.floor(bust * 0.85); y < bust; y++) {
    for (let x = 0; x < width; x++) {
      if (!isInside(x, y, polygon)) continue;
      pixels++;
      for (let channel = 0; channel < 3; channel++)
        sums[channel] = sums[channel]! + photograph[3 * (y * width + x) + channel]!;
    }
  }
  return sums.map((sum) => sum / Math.max(1, pixels));
}
