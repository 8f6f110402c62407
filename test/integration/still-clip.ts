import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
export const PHOTO = fileURLToPath(new URL('../../build/material/photos/sample1.jpg', import.meta.url));

/** The middles of the faces in the clip; in the photograph they are four times as far. */
export const FACES = [
  [127, 119],
  [233, 135],
  [391, 86],
] as const;

/**
 * Makes a clip of 480x320 in which one photograph, of three people, stands still.
 * @param crop a filter of ffmpeg's that makes it smaller
 * @returns its path
 */
export async function makeStillClip(
  folder: string,
  name: string,
  frames: number,
  crop = 'null',
): Promise<string> {
  const path = join(folder, name);
  const still = `scale=480:320,format=yuv420p,${crop},loop=loop=${frames}:size=1,setpts=N/(25*TB)`;
  const out = ['-frames:v', `${frames}`, '-r', '25', path];
  await run('ffmpeg', ['-nostdin', '-v', 'error', '-y', '-r', '25', '-i', PHOTO, '-vf', still, ...out]);
  return path;
}
