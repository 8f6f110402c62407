import { once } from 'node:events';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Ffmpeg } from '../../firmware/media/ffmpeg.ts';
import type { Truth } from '../../firmware/run/true-crossings.ts';
import { type CutOut, cutOut } from './cut-out.ts';
import { FRAMES, FRAMES_PER_SECOND, facePosition, HEIGHT, type Walker, WIDTH, walkers } from './scene.ts';

/** Draws the demonstration clip from the photographs, and writes down what truly happens in it. */
export async function makeDemoClip(
  photosDir: string,
  clip: string,
  truth: string,
  progress: (part: number) => void,
): Promise<void> {
  // Nearer people are drawn over those farther away.
  const cast = walkers().sort((a, b) => a.faceY - b.faceY);
  const cutOuts = new Map<Walker, CutOut>();
  for (const walker of cast)
    cutOuts.set(walker, await cutOut(photosDir, walker.person, walker.faceHeight, HEIGHT));

  await mkdir(dirname(clip), { recursive: true });
  const beside = clip.replace(/([.]\w+)$/, '.part$1');
  const raw = [
    '-f',
    'rawvideo',
    '-pix_fmt',
    'rgb24',
    '-s',
    `${WIDTH}x${HEIGHT}`,
    '-r',
    `${FRAMES_PER_SECOND}`,
    '-i',
    '-',
  ];
  const encode = [
    '-vf',
    'scale=out_color_matrix=bt601:out_range=limited,format=yuv420p',
    '-c:v',
    'libx264',
    '-preset',
    'veryfast',
    '-crf',
    '18',
    '-colorspace',
    'smpte170m',
    '-color_range',
    'tv',
  ];
  const ffmpeg = new Ffmpeg(clip, ['-y', ...raw, ...encode, beside], 'stdin');
  const stdin = ffmpeg.process.stdin!;
  const hall = drawHall();
  for (let frame = 0; frame < FRAMES; frame++) {
    const picture = Buffer.from(hall);
    for (const walker of cast) drawWalker(picture, cutOuts.get(walker)!, facePosition(walker, frame));
    if (!stdin.write(picture)) await once(stdin, 'drain');
    progress((frame + 1) / FRAMES);
  }
  stdin.end();
  await ffmpeg.finished();
  await rename(beside, clip);

  const known: Truth = {
    framesPerSecond: FRAMES_PER_SECOND,
    frames: FRAMES,
    crossings: walkers()
      .map(({ crossingFrame, direction }) => ({ frame: crossingFrame, direction }))
      .sort((a, b) => a.frame - b.frame),
  };
  await writeFile(truth, `${JSON.stringify(known, null, 1)}\n`);
}

/** A hall with a door in its middle, drawn once. */
function drawHall(): Uint8Array {
  const picture = new Uint8Array(WIDTH * HEIGHT * 3);
  const floorY = 600;
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const light = 1 - 0.35 * Math.hypot((x - WIDTH / 2) / WIDTH, (y - 200) / HEIGHT);
      const tile = (Math.floor(x / 160) + Math.floor(y / 60)) % 2 === 0 ? 1 : 0.94;
      const colour =
        y > floorY
          ? [120, 112, 104]
          : isFrame(x, y)
            ? [92, 74, 60]
            : isDoor(x, y)
              ? [176, 190, 200]
              : [205, 198, 184];
      for (let channel = 0; channel < 3; channel++) {
        picture[3 * (y * WIDTH + x) + channel] = colour[channel]! * light * (y > floorY ? tile : 1);
      }
    }
  }
  return picture;

  function isDoor(x: number, y: number): boolean {
    return Math.abs(x - WIDTH / 2) < 190 && y > 40;
  }
  function isFrame(x: number, y: number): boolean {
    return Math.abs(x - WIDTH / 2) < 206 && y > 24 && !isDoor(x, y);
  }
}

function drawWalker(picture: Uint8Array, person: CutOut, face: { x: number; y: number }): void {
  const left = Math.round(face.x - person.faceX);
  const top = Math.round(face.y - person.faceY);
  const first = Math.max(0, -left);
  const last = Math.min(person.width, WIDTH - left);
  for (let y = Math.max(0, -top); y < Math.min(person.height, HEIGHT - top); y++) {
    for (let x = first; x < last; x++) {
      const from = y * person.width + x;
      const opacity = person.opacity[from]!;
      if (opacity === 0) continue;
      const to = 3 * ((top + y) * WIDTH + left + x);
      for (let channel = 0; channel < 3; channel++) {
        picture[to + channel] =
          picture[to + channel]! * (1 - opacity) + person.colours[3 * from + channel]! * opacity;
      }
    }
  }
}
