// What is counted of Debian's vtest.avi, against what was counted by eye: node test/bench/video.ts
import { fileURLToPath } from 'node:url';
import { countIn } from '../../firmware/count-in.ts';
import type { DoorwayLine } from '../../src/count/doorway.ts';
import { type Crossing, compare } from '../recordings/compare.ts';
import hand from '../recordings/hand-counts.json' with { type: 'json' };
import { vtest } from '../recordings/vtest.ts';

const { line, crossings } = hand.recordings.vtest;
const byEye = crossings.map(([frame, direction]) => ({ frame, direction }) as Crossing);
const file = await vtest();
console.log(`By eye: ${byEye.length}. Counted, with faces of some ten pixels:`);
for (const profile of ['near', 'far', 'careful'] as const) {
  const counted = await countIn(file, {
    doorway: line as unknown as DoorwayLine,
    faces: ['in', 'out'],
    profile,
    modelsDir: fileURLToPath(new URL('../../build/models', import.meta.url)),
    progress: () => {},
  });
  const { found, missed, extra } = compare(counted.crossings, byEye, 15);
  console.log(
    `${profile.padEnd(8)} ${counted.crossings.length} counted, of which ${found} happened; ` +
      `${missed.length} missed; not seen by eye at frames ${extra.map(({ frame }) => frame).join(', ') || '-'}`,
  );
}
