import { buffer } from 'node:stream/consumers';
import { Ffmpeg } from '../../firmware/media/ffmpeg.ts';
import type { Person, Polygon } from './people.ts';

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

/** Samples along each side of a pixel, and the width over which an edge fades, in pixels. */
const SAMPLES = 4;
const FADE = 1.5;

/** Cuts a person out of a photograph, made so large that the face is `faceHeight` pixels high. */
export async function cutOut(photosDir: string, person: Person, faceHeight: number): Promise<CutOut> {
  const { photo, face, outline } = person;
  const scale = faceHeight / face[2];
  const left = Math.min(...outline.map(([x]) => x));
  const top = Math.min(...outline.map(([, y]) => y));
  const width = Math.ceil((Math.max(...outline.map(([x]) => x)) - left) * scale);
  const height = Math.ceil((Math.max(...outline.map(([, y]) => y)) - top) * scale);
  const polygon = outline.map(([x, y]) => [(x - left) * scale, (y - top) * scale] as const);
  return {
    width,
    height,
    colours: await crop(`${photosDir}/${photo}`, { left, top, scale, width, height }),
    opacity: Float32Array.from({ length: width * height }, (_, at) =>
      opacityAt(at % width, Math.floor(at / width), polygon),
    ),
    faceX: (face[0] - left) * scale,
    faceY: (face[1] - top) * scale,
  };
}

interface Crop {
  /** The corner, in pixels of the photograph. */
  readonly left: number;
  readonly top: number;
  readonly scale: number;
  /** The size once it is scaled. */
  readonly width: number;
  readonly height: number;
}

async function crop(file: string, { left, top, scale, width, height }: Crop): Promise<Uint8Array> {
  const corner = `${Math.round(left * scale)}:${Math.round(top * scale)}`;
  const filter = `scale=iw*${scale}:ih*${scale}:flags=area,crop=${width}:${height}:${corner}:exact=1,format=rgb24`;
  const ffmpeg = new Ffmpeg(file, ['-i', file, '-vf', filter, '-f', 'rawvideo', '-'], 'stdout');
  const [bytes] = await Promise.all([buffer(ffmpeg.process.stdout!), ffmpeg.finished()]);
  if (bytes.byteLength !== width * height * 3) {
    throw new RangeError(`${file}: cut out ${bytes.byteLength} bytes`);
  }
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
