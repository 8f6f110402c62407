import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { coverFile } from '../../firmware/cover-file.ts';
import { Ffmpeg } from '../../firmware/media/ffmpeg.ts';

// Makes the README's picture: one frame of the demonstration clip, before and after covering.
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const AT_SECONDS = '2.4';

const folder = await mkdtemp(join(tmpdir(), 'lintel-picture-'));
const before = join(folder, 'before.png');
const after = join(folder, 'after.png');
await ffmpeg(['-ss', AT_SECONDS, '-i', join(ROOT, 'build/material/demo.mp4'), '-frames:v', '1', before]);
await coverFile(before, after, {
  profile: 'near',
  style: 'blur',
  modelsDir: join(ROOT, 'build/models'),
  progress: () => {},
});
const side = '[0]scale=640:-1[a];[1]scale=640:-1[b];[a][b]hstack';
await ffmpeg([
  '-i',
  before,
  '-i',
  after,
  '-filter_complex',
  side,
  '-q:v',
  '4',
  join(ROOT, 'docs/covered.jpg'),
]);
await rm(folder, { recursive: true });

async function ffmpeg(args: string[]): Promise<void> {
  const program = new Ffmpeg(args.at(-1)!, ['-y', ...args], 'stdout');
  program.process.stdout!.resume();
  await program.finished();
}
