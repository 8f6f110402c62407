import { relative } from 'node:path';
import type { Settings } from '../../src/config/settings.ts';

/** What a person has to know to read the lines that follow. */
export function introduction(
  { site, camera, broker, anonymity }: Settings,
  windowSeconds: number,
  hasTruth: boolean,
): string[] {
  const fromHere = relative('', camera.file!);
  const recording = fromHere.startsWith('..') ? camera.file : fromHere;
  const every =
    windowSeconds % 60 === 0
      ? `${windowSeconds / 60} minutes`
      : `${windowSeconds} s (in service 15 to 60 minutes)`;
  return [
    `The door ${site.name}/${site.device}. In place of its camera ${recording} is played, again and again.`,
    `Below is what the facilities team receives, a line every ${every}:`,
    '  23 ± 6         noise is on: the exact count is within 6 of 23 (in 96 of 100 reports)',
    `  fewer than ${anonymity.suppressBelow}`
      .padEnd(17)
      .concat('smaller numbers are not told, not even a zero'),
    '  coverage       how much of that time the camera was watching',
    ...(hasTruth ? ['  true           what the recording really shows; neither program knows it'] : []),
    `The same elsewhere: npx lintel watch --broker ${broker.url}`,
  ];
}
