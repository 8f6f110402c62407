// How far the count of a simulated window is from the truth: node test/bench/count.ts [windows for each row]
import { type Estimate, measureCountError } from '../scene/count-error.ts';
import type { SceneOptions } from '../scene/scene.ts';

const USUAL: SceneOptions = {
  people: 2,
  seconds: 300,
  missed: 0.05,
  weak: 0.1,
  falseBoxes: 0.05,
  doubled: 0,
  lostSeconds: 0,
};

const ROWS: readonly (readonly [string, Partial<SceneOptions>])[] = [
  ['1 person at once', { people: 1 }],
  ['2 people at once', { people: 2 }],
  ['3 people at once', { people: 3 }],
  ['4 people at once', { people: 4 }],
  ['2, a perfect detector', { missed: 0, weak: 0, falseBoxes: 0 }],
  ['2, 15 % of boxes missed', { missed: 0.15 }],
  ['2, 40 % of boxes weak', { weak: 0.4 }],
  ['2, a false box every 4 frames', { falseBoxes: 0.25 }],
  ['2, 30 % of boxes double', { doubled: 0.3 }],
  ['2, all lost for 0.5 s at the line', { lostSeconds: 0.5 }],
  ['2, 10 frames a second', { framesPerSecond: 10 }],
  ['2, 7 frames a second', { framesPerSecond: 7 }],
  ['2, 5 frames a second', { framesPerSecond: 5 }],
  ['2, 4 frames a second', { framesPerSecond: 4 }],
];

const windows = Number(process.argv[2] ?? 500);
console.log(
  `${windows} windows of ${USUAL.seconds} s a row, seeds 1 to ${windows}. Unless the row says otherwise: 5 % of boxes missed a frame,\n` +
    '10 % weak, a false box every 20 frames. In per cent of the true crossings, +- the 95 % interval of the mean.\n' +
    'Hidden: people whose face could not be seen in 3 frames on either side, half a box off the line, or not for over 3 s.\n',
);
console.log(line('', 'crossings', 'hidden', 'absolute', 'signed'));
for (const [name, options] of ROWS) {
  const error = measureCountError({ ...USUAL, ...options }, windows);
  const { crossings, hidden, absolute, signed } = error;
  console.log(line(name, `${crossings}`, percent(hidden), shown(absolute), shown(signed, '+')));
}

function line(name: string, ...cells: string[]): string {
  return name.padEnd(36) + cells.map((cell) => cell.padStart(18)).join('');
}

function percent(share: number, plus = ''): string {
  return (share > 0 ? plus : '') + (share * 100).toFixed(3);
}

function shown({ mean, halfWidth }: Estimate, plus = ''): string {
  return `${percent(mean, plus)} +- ${percent(halfWidth)}`;
}
