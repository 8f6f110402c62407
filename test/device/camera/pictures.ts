import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from '../../../deploy/cache.ts';
import { hostTool } from '../../../deploy/host-tool.ts';
import { layout } from './layout.ts';

const MARKS = 10;

/**
 * A folder with what the virtual camera shows, made once: in `marks` pictures of one grey each, as dark as their number;
 * in `photos` the photographs of the test material; and in `photos.i420` what ffmpeg makes of those again.
 * @throws LintelError HOST_TOOL
 */
export async function makePictures(checkout: string): Promise<string> {
  const photos = await readFile(join(checkout, 'test/material/photos.json'), 'utf8');
  const recipe = [await readFile(import.meta.filename, 'utf8'), photos];
  return cached('pictures', recipe, (folder) => fill(folder, join(checkout, 'build/material/photos')));
}

async function fill(folder: string, material: string): Promise<void> {
  for (const kind of ['marks', 'photos']) await mkdir(join(folder, kind));
  const raw = join(folder, 'raw');
  await writeFile(raw, Buffer.concat(Array.from({ length: MARKS }, (_, mark) => grey(mark + 1))));
  const format = ['-f', 'rawvideo', '-pix_fmt', 'yuvj420p', '-s', `${layout.width}x${layout.height}`];
  await ffmpeg(...format, '-i', raw, ...jpeg, join(folder, 'marks/%03d.jpg'));
  await rm(raw);
  for (const name of await readdir(material)) {
    const fit = `scale=${layout.width}:${layout.height}:out_range=full,format=yuvj420p`;
    await ffmpeg('-i', join(material, name), '-vf', fit, ...jpeg, join(folder, 'photos', name));
  }
  const shown = ['-f', 'image2', '-pattern_type', 'glob', '-i', join(folder, 'photos/*.jpg')];
  await ffmpeg(...shown, '-f', 'rawvideo', '-pix_fmt', 'yuvj420p', join(folder, 'photos.i420'));
}

/** With the finest steps, so that a grey keeps its value. */
const jpeg = ['-q:v', '1', '-qmin', '1'];

function grey(luma: number): Uint8Array {
  return new Uint8Array(layout.byteLength)
    .fill(luma, 0, layout.width * layout.height)
    .fill(128, layout.width * layout.height);
}

function ffmpeg(...args: string[]): Promise<string> {
  return hostTool('ffmpeg', ['-v', 'error', '-y', ...args]);
}
