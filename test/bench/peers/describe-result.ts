import type { Cost, Spread } from './cost.ts';
import type { CoveredRecall } from './covered-share.ts';
import type { CrowdTable, PeersResult, SizeTable, StillTable } from './tables.ts';

/** The tables, as Markdown shows them and as people read them unrendered. */
export function describeResult({ machine, frames, rounds, sizes, crowds, still }: PeersResult): string {
  return [
    `${machine.model}, ${machine.cores} cores, ${machine.architecture}, Node ${machine.node}, ONNX Runtime ${machine.onnxruntime}`,
    `${frames} frames, median of ${rounds} rounds (least to most). CPU of the whole process tree.`,
    ...sizes.map(describeSize),
    ...(crowds.length > 0 ? [describeCrowds(crowds)] : []),
    ...(still ? [describeStill(still)] : []),
  ].join('\n\n');
}

function describeSize({ size, costs, photos }: SizeTable): string {
  const rows = Object.entries(costs).map(([name, cost]) => [
    name,
    ratio(cost),
    spread(cost.cpuMsPerFrame, 1),
    spread(cost.framesPerSecond, 0),
    cost.peakMegabytes.toFixed(0),
    recall(cost.recall),
    recall(photos[name]),
  ]);
  const head = ['', 'CPU, times lintel', 'CPU ms a frame', 'frames a second', 'peak MB', 'walk', 'photos'];
  return `${size}; of the labelled faces, covered to 90 % (to a half):\n\n${table([head, ...rows])}`;
}

function describeCrowds(crowds: readonly CrowdTable[]): string {
  const names = Object.keys(crowds[0]!.costs);
  const cells = (one: CrowdTable): string[] =>
    names.map((name) => {
      const cost = one.costs[name]!;
      return `${spread(cost.cpuMsPerFrame, 1)}${cost.recall ? `, ${recall(cost.recall)}` : ''}`;
    });
  const rows = crowds.map((one) => [`${one.faces}`, ...cells(one)]);
  return `CPU ms a frame by the number of faces, and how many of them came out covered to 90 % (to a half):\n\n${table([['faces', ...names], ...rows])}`;
}

function describeStill({ costs: { busy, still } }: StillTable): string {
  const share = spread(still.cpuToFirst, 2);
  const [one, other] = [busy, still].map(({ cpuMsPerFrame }) => spread(cpuMsPerFrame, 1));
  return `Change gate: a frame of a still scene costs ${share} of a busy one (${other} against ${one} ms of CPU).`;
}

function ratio({ cpuToFirst }: Cost): string {
  return spread(cpuToFirst, 2);
}

function spread({ median, least, most }: Spread, digits: number): string {
  const [middle, low, high] = [median, least, most].map((value) => value.toFixed(digits));
  return low === high ? middle! : `${middle} (${low} to ${high})`;
}

function recall(found: CoveredRecall | undefined): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  return found ? `${percent(found.facesCovered)} (${percent(found.facesFound)})` : '';
}

function table([head, ...rows]: readonly (readonly string[])[]): string {
  const all = [head!, ...rows];
  const widths = head!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(head!), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join(
    '\n',
  );
}
