import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ffmpeg } from '../../../firmware/media/ffmpeg.ts';
import { TO_I420 } from '../../../firmware/media/recording.ts';
import type { Box } from '../../../src/geometry/box.ts';
import { cutOut } from '../../material/cut-out.ts';
import { drawPerson } from '../../material/demo-clip.ts';
import photographs from '../../material/faces.json' with { type: 'json' };
import { drawHall } from '../../material/hall.ts';
import { type Person, people } from '../../material/people.ts';
import { FRAMES, facePosition, HEIGHT, WIDTH, walkers } from '../../material/scene.ts';

/** Where every face is, by frame, in whole pixels of the frame. Faces that are not wholly in it are left out. */
export type Labels = readonly (readonly Box[])[];

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const SCENE: Size = { width: WIDTH, height: HEIGHT };

const MATERIAL = fileURLToPath(new URL('../../../build/material/', import.meta.url));
const RGB = `-f rawvideo -pix_fmt rgb24 -s ${WIDTH}x${HEIGHT} -r 25 -i -`.split(' ');

/** The demonstration clip from its beginning: people who walk in and out, two or three in sight. */
export async function makeWalk(path: string, size: Size, frames: number): Promise<Labels> {
  const demo = ['-stream_loop', '-1', '-i', join(MATERIAL, 'demo.mp4')];
  await write(path, [...demo, '-vf', `${fill(size)},${TO_I420}`, '-frames:v', `${frames}`]);
  const cast = walkers();
  return Array.from({ length: frames }, (_, frame) =>
    cast.flatMap((walker) => {
      const { x, y } = facePosition(walker, frame % FRAMES);
      return faceBox(people[walker.person]!, walker.faceHeight, x, y, size);
    }),
  );
}

/** Height of every face of a crowd, in pixels. */
const CROWD_FACE = 44;
const CROWD_COLUMNS = 10;
const CROWD_ROWS = 5;
export const LARGEST_CROWD = CROWD_COLUMNS * CROWD_ROWS;

/** A number of people in the hall at its own size, who sway where they stand. */
export async function makeCrowd(path: string, frames: number, count: number): Promise<Labels> {
  const places = Array.from({ length: count }, (_, index) => ({
    // 27 and 50 share no divisor, so that a small crowd is spread over the hall too.
    place: (index * 27 + 22) % LARGEST_CROWD,
    person: index % people.length,
  })).sort((one, other) => one.place - other.place);
  const cutOuts = await Promise.all(
    people.slice(0, count).map((person) => cutOut(join(MATERIAL, 'photos'), person, CROWD_FACE)),
  );
  const crowd = places.map(({ place, person }) => ({
    person: people[person]!,
    cut: cutOuts[person]!,
    x: ((place % CROWD_COLUMNS) + 0.5) * (WIDTH / CROWD_COLUMNS),
    y: (Math.floor(place / CROWD_COLUMNS) + 0.35) * (HEIGHT / CROWD_ROWS),
  }));
  const ffmpeg = new Ffmpeg(path, ['-y', ...RGB, '-vf', TO_I420, path], 'stdin');
  const stdin = ffmpeg.process.stdin!;
  const hall = drawHall();
  const labels: Box[][] = [];
  for (let frame = 0; frame < frames; frame++) {
    const picture = Buffer.from(hall);
    const boxes: Box[] = [];
    for (const { person, x, y, cut } of crowd) {
      const swayed = x + 8 * Math.sin(frame / 6 + x);
      drawPerson(picture, cut, { x: swayed, y }, HEIGHT);
      boxes.push(...faceBox(person, CROWD_FACE, swayed, y, SCENE));
    }
    labels.push(boxes);
    if (!stdin.write(picture)) await once(stdin, 'drain');
  }
  stdin.end();
  await ffmpeg.finished();
  return labels;
}

/** The size of a photograph beside the frame's: as large as fits, and a third of that. */
const PHOTO_SCALES = [1, 1 / 3];

/** The labelled photographs, one a frame, ten seconds from one to the next: nothing is carried over. */
export async function makePhotos(path: string, size: Size): Promise<Labels> {
  const shown = PHOTO_SCALES.flatMap((scale) => photographs.photos.map((photo) => ({ ...photo, scale })));
  const inputs = shown.flatMap(({ photo }) => ['-i', join(MATERIAL, 'photos', photo)]);
  const { width, height } = size;
  const chains = shown.map(({ scale }, index) => {
    const fit = `scale=${Math.round(width * scale)}:${Math.round(height * scale)}:force_original_aspect_ratio=decrease`;
    return `[${index}]${fit}:flags=area,pad=${width}:${height},setsar=1[p${index}]`;
  });
  const all = `${shown.map((_, index) => `[p${index}]`).join('')}concat=n=${shown.length},${TO_I420}`;
  const filters = ['-filter_complex', `${chains.join(';')};${all},setpts=10*N/TB`];
  await write(path, [...inputs, ...filters, '-r', '1/10']);
  return shown.map((photo) => {
    const scale = photo.scale * Math.min(width / photo.width, height / photo.height);
    return photo.faces.map(([x, y, w, h]) => box(x! * scale, y! * scale, w! * scale, h! * scale));
  });
}

/** One frame of the demonstration clip, held; without labels. */
export async function makeStill(path: string, frames: number): Promise<Labels> {
  const still = `trim=start_frame=50:end_frame=51,loop=loop=-1:size=1,setpts=N/(25*TB),${TO_I420}`;
  await write(path, ['-i', join(MATERIAL, 'demo.mp4'), '-vf', still, '-r', '25', '-frames:v', `${frames}`]);
  return [];
}

/** The first frames of a clip. */
export async function cutShort(from: string, path: string, frames: number): Promise<void> {
  await write(path, ['-i', from, '-frames:v', `${frames}`]);
}

async function write(path: string, args: readonly string[]): Promise<void> {
  const ffmpeg = new Ffmpeg(path, ['-y', ...args, path], 'none');
  await ffmpeg.finished();
}

/** Fills the frame, and cuts off what is left over on two sides. */
function fill({ width, height }: Size): string {
  return `scale=${width}:${height}:force_original_aspect_ratio=increase,crop=${width}:${height}`;
}

/** The label of a face with its middle at `x`, `y` of the scene; empty if part of it is not in the frame. */
function faceBox({ photo, face }: Person, faceHeight: number, x: number, y: number, size: Size): Box[] {
  const scale = Math.max(size.width / WIDTH, size.height / HEIGHT);
  const height = faceHeight * scale;
  const width = height * widthToHeight(photo, face);
  const left = x * scale - (WIDTH * scale - size.width) / 2 - width / 2;
  const top = y * scale - (HEIGHT * scale - size.height) / 2 - height / 2;
  const whole = left >= 0 && top >= 0 && left + width < size.width && top + height < size.height;
  return whole ? [box(left, top, width, height)] : [];
}

/** As labelled on the photograph that the person was cut out of. */
function widthToHeight(photo: string, [x, y]: Person['face']): number {
  const labelled = photographs.photos.find((one) => one.photo === photo)!.faces;
  const [, , width, height] = labelled.find(
    ([left, top, w, h]) => Math.hypot(left! + w! / 2 - x, top! + h! / 2 - y) < 2,
  )!;
  return width! / height!;
}

function box(x: number, y: number, width: number, height: number): Box {
  return { x: Math.floor(x), y: Math.floor(y), width: Math.floor(width), height: Math.floor(height) };
}
