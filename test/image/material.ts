import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hostTool } from '../../deploy/host-tool.ts';
import { CLIP } from './card.ts';

const checkout = join(import.meta.dirname, '../..');
const place = CLIP.slice(0, CLIP.lastIndexOf('/'));

/**
 * Emulated, one look at a frame takes seconds; the loop gives it two. So the test's `vision` waits longer for its detector, and
 * reports more often. All else of it is as it is in the image.
 */
const SLOW = `
const own = globalThis.setTimeout;
globalThis.setTimeout = (call, ms, ...given) => own(call, ms === 2000 ? 40000 : ms, ...given);
`;

/** @returns what is put beside the recording in the data partition, by its names there */
export async function material(folder: string): Promise<Readonly<Record<string, string>>> {
  await mkdir(folder, { recursive: true });
  const at = (name: string) => join(folder, name);
  const shape = ['-t', '8', '-r', '1', '-pix_fmt', 'yuv420p', '-s', '320x180'];
  await hostTool('ffmpeg', [
    '-v',
    'error',
    '-y',
    '-i',
    join(checkout, 'build/material/demo.mp4'),
    ...shape,
    at('door.y4m'),
  ]);
  await writeFile(at('slow.mjs'), SLOW);
  return { 'door.y4m': at('door.y4m'), 'slow.mjs': at('slow.mjs') };
}

/** Drop-ins for units, by their names. Where everything takes some fifty times longer, nothing is given up as early. */
export async function slowUnits(windowSeconds: number): Promise<Readonly<Record<string, string>>> {
  const unit = await readFile(join(checkout, 'deploy/services/lintel-vision.service'), 'utf8');
  const [, options] = /^Environment="(NODE_OPTIONS=(?:[^"\\]|\\\n)*)"$/m.exec(unit)!;
  const [, command] = /^ExecStart=(.+)$/m.exec(unit)!;
  const patient = '[Service]\nTimeoutStartSec=1200\n';
  return {
    'lintel-first-start.service': patient,
    'lintel-identity.service': patient,
    'lintel-vision.service': `${patient}
Environment="${options} --import=${place}/slow.mjs"
ExecStart=
ExecStart=${command} --window-seconds ${windowSeconds}
`,
  };
}
