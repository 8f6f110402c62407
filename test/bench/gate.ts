// What the change gate saves in a quiet scene, and costs in a busy one: npm run bench:gate [-- frames a round]
import { fileURLToPath } from 'node:url';
import { openRecording } from '../../firmware/media/recording.ts';
import { PROFILES, type ProfileName } from '../../src/detect/profile.ts';
import { I420Layout } from '../../src/frame/i420.ts';
import { HEIGHT, WIDTH } from '../material/scene.ts';
import { quietHall, sense } from '../scene/quiet-hall.ts';
import { LoopOverMemory } from './loop-over-memory.ts';

const BUILD = fileURLToPath(new URL('../../build/', import.meta.url));
/** Frames of each scene, that are shown again and again; rounds in which the cases take turns. */
const KEPT = 40;
const ROUNDS = 5;
/** The deviation of each pixel's noise in the quiet scene: a sensor in a lit hall. */
const NOISE = 2;

const layout = new I420Layout(WIDTH, HEIGHT);
const frames = Number(process.argv[2] ?? 260);
const busy = await someFramesOf(`${BUILD}material/demo.mp4`);
const hall = quietHall();
const quiet = busy.map((_, seed) => {
  const { y, u, v } = sense(hall, layout, NOISE, seed);
  return Uint8Array.from([...y, ...u, ...v]);
});

console.log(
  `${WIDTH}x${HEIGHT}, one inference thread; milliseconds of CPU a frame, all threads, the least of ${ROUNDS} rounds of ${frames} frames.\n` +
    `Busy: the demonstration clip. Quiet: its hall, empty, with noise of deviation ${NOISE}.\n`,
);
console.log(
  line(
    'profile',
    'busy, always',
    'busy, gate',
    'quiet, always',
    'quiet, gate',
    'gate when busy',
    'quiet to busy',
  ),
);
for (const profile of Object.keys(PROFILES) as ProfileName[]) {
  const cases = [
    await LoopOverMemory.open(layout, profile, busy, true),
    await LoopOverMemory.open(layout, profile, busy, false),
    await LoopOverMemory.open(layout, profile, quiet, true),
    await LoopOverMemory.open(layout, profile, quiet, false),
  ];
  for (let round = 0; round < ROUNDS; round++) for (const each of cases) await each.measure(frames);
  for (const each of cases) await each.close();
  const [busyAlways, busyGate, quietAlways, quietGate] = cases.map(({ leastMs }) => leastMs) as [
    number,
    number,
    number,
    number,
  ];
  console.log(
    line(
      profile,
      ...[busyAlways, busyGate, quietAlways, quietGate].map((ms) => ms.toFixed(3)),
      `${(100 * (busyGate / busyAlways - 1)).toFixed(1)} %`,
      `${((100 * quietGate) / busyGate).toFixed(1)} %`,
    ),
  );
}

async function someFramesOf(file: string): Promise<Uint8Array[]> {
  const { reader, close } = await openRecording(file);
  const kept: Uint8Array[] = [];
  while (kept.length < KEPT) {
    const bytes = new Uint8Array(layout.byteLength);
    if (!(await reader.read(bytes))) break;
    kept.push(bytes);
  }
  await close();
  return kept;
}

function line(...cells: string[]): string {
  return cells.map((cell) => cell.padEnd(16)).join('');
}
