import { once } from 'node:events';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Ffmpeg } from '../../firmware/media/ffmpeg.ts';
import type { Truth } from '../../firmware/run/true-crossings.ts';
import { type CutOut, cutOut } from './cut-out.ts';
import { drawHall } from './hall.ts';
import { people } from './people.ts';
import { FRAMES, FRAMES_PER_SECOND, facePosition, HEIGHT, hiddenFrom, WIDTH, walkers } from './scene.ts';

const RAW = `-f rawvideo -pix_fmt rgb24 -s ${WIDTH}x${HEIGHT} -r ${FRAMES_PER_SECOND}`.split(' ');
const ENCODED = [
  ...['-vf', 'scale=out_color_matrix=bt601:out_range=limited,format=yuv420p'],
  ...'-c:v libx264 -preset veryfast -crf 18 -colorspace smpte170m -color_range tv'.split(' '),
];

/** Draws the demonstration clip from the photographs, and writes down what truly happens in it. */
export async function makeDemoClip(
  photosDir: string,
  clip: string,
  truth: string,
  progress: (part: number) => void,
): Promise<void> {
  // Nearer people are drawn over those farther away.
  const cast = walkers().sort((a, b) => a.faceY - b.faceY);
  const cutOuts: CutOut[] = [];
  for (const { person, faceHeight } of cast) {
    cutOuts.push(await cutOut(photosDir, people[person]!, faceHeight));
  }

  await mkdir(dirname(clip), { recursive: true });
  const beside = clip.replace(/([.]\w+)$/, '.part$1');
  const ffmpeg = new Ffmpeg(clip, ['-y', ...RAW, '-i', '-', ...ENCODED, beside], 'stdin');
  const stdin = ffmpeg.process.stdin!;
  const hall = drawHall();
  for (let frame = 0; frame < FRAMES; frame++) {
    const picture = Buffer.from(hall);
    for (const [index, walker] of cast.entries()) {
      drawPerson(picture, cutOuts[index]!, facePosition(walker, frame), hiddenFrom(walker));
    }
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

/** Draws a person with the middle of the face at `face`, down to the row `bottom`. */
export function drawPerson(
  picture: Uint8Array,
  person: CutOut,
  face: { readonly x: number; readonly y: number },
  bottom: number,
): void {
  const left = Math.round(face.x - person.faceX);
  const top = Math.round(face.y - person.faceY);
  const first = Math.max(0, -left);
  const last = Math.min(person.width, WIDTH - left);
  for (let y = Math.max(0, -top); y < Math.min(person.height, bottom - top); y++) {
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
