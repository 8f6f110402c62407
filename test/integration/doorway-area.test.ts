import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'smol-toml';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openRecording } from '../../firmware/media/recording.ts';
import { readStill } from '../../firmware/media/still.ts';
import type { VisionStatus } from '../../firmware/vision-status.ts';
import type { I420Frame } from '../../src/frame/i420.ts';
import { isInside, type Polygon } from '../../src/geometry/polygon.ts';
import { VisionProcess } from '../vision-rig/vision-process.ts';
import { lintel } from './lintel-program.ts';
import { FACES, makeStillClip } from './still-clip.ts';

/** Leaves out the right one of three faces. */
const AREA: Polygon = [
  [0.02, 0],
  [0.7, 0],
  [0.66, 0.97],
  [0.02, 1],
];
let folder: string;
let clip: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lintel-area-'));
  clip = await makeStillClip(folder, 'clip.y4m', 50, 'crop=479:319:0:0:exact=1');
});
afterAll(() => rm(folder, { recursive: true }));

it('a face outside the area is in no frame that is shown, and the detector does not see it', async () => {
  const view = join(folder, 'view.y4m');
  const line = [
    [0.5, 0],
    [0.5, 0.95],
  ];
  const vision = await VisionProcess.start({
    recording: clip,
    doorway: { line, area: AREA },
    args: ['--status', '--view', view],
  });
  const { status } = await vision.said((said) => ((said.status as VisionStatus)?.frames ?? 0) >= 20);
  const { frames, covers, coveredWhole } = status as VisionStatus;
  expect([covers / frames, coveredWhole]).toEqual([2, 0]);
  expect(await vision.end('SIGTERM')).toBe(0);

  const shown = await firstFrame(view);
  const outside = blackOutside(shown);
  expect(outside.samples).toBeGreaterThan(479 * 319 * 0.3);
  expect(outside.other).toBe(0);
  // The rest of the picture is there.
  const before = await firstFrame(clip);
  const [x, y] = [60, 280];
  expect(shown.y[y * 479 + x]).toBe(before.y[y * 479 + x]);
});

it('aim shows the edge of the area, and nothing outside but black and what is drawn', async () => {
  const settings = {
    site: { name: 'a', device: 'b' },
    camera: { file: clip },
    doorway: { line: [AREA[1], AREA[2]], in_side: 'left-to-right', area: AREA },
  };
  await writeFile(join(folder, 'lintel.toml'), stringify(settings));
  const still = join(folder, 'still.png');
  const from = ['--settings', join(folder, 'lintel.toml')];
  const { code, out, err } = await lintel(
    'aim',
    clip,
    ...from,
    '--profile',
    'near',
    '--json',
    '--out',
    still,
  );
  expect([code, err]).toEqual([0, '']);
  const { covers, pixels } = JSON.parse(out);
  expect(covers).toBe(2);
  expect(pixels.area).toHaveLength(4);
  const { layout, y } = await readStill(still);
  const [faceX, faceY] = FACES[2];
  for (let dx = -5; dx <= 5; dx++) expect(y[(faceY + dx) * layout.lumaStride + faceX + dx]).toBeLessThan(20);
});

async function firstFrame(file: string): Promise<I420Frame> {
  const { reader, close } = await openRecording(file);
  const bytes = new Uint8Array(reader.header.layout.byteLength);
  await reader.read(bytes);
  await close();
  return reader.header.layout.view(bytes);
}

/** Of the pixels whose middles lie outside, with the chroma sample of each: how many, and how many are not black. */
function blackOutside({ layout, y: luma, u, v }: I420Frame): { samples: number; other: number } {
  let [samples, other] = [0, 0];
  for (let y = 0; y < layout.height; y++) {
    for (let x = 0; x < layout.width; x++) {
      if (isInside(AREA, (x + 0.5) / layout.width, (y + 0.5) / layout.height)) continue;
      samples++;
      const chroma = (y >> 1) * layout.chromaStride + (x >> 1);
      if (luma[y * layout.lumaStride + x] !== 16 || u[chroma] !== 128 || v[chroma] !== 128) other++;
    }
  }
  return { samples, other };
}
