import { readdir, readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

export interface Descendant {
  readonly pid: number;
  /** Tells it from a later process of the same number. */
  readonly startTime: string;
  readonly commandLine: string;
}

/** All that a process has started, and what those have started. */
export async function descendants(pid: number): Promise<Descendant[]> {
  const found: Descendant[] = [];
  const all = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const stats = await Promise.all(all.map(readStat));
  for (const parents = new Set([pid]); parents.size > 0; ) {
    const children = stats.filter((stat) => stat && parents.has(stat.parent)) as NonNullable<Stat>[];
    parents.clear();
    for (const { pid, startTime } of children) {
      parents.add(pid);
      const commandLine = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll(
        '\0',
        ' ',
      );
      found.push({ pid, startTime, commandLine });
    }
  }
  return found;
}

/** Resolves when none of them is left. Nothing tells of the end of somebody else's child, so this looks again. */
export async function gone(processes: readonly Descendant[]): Promise<void> {
  for (const { pid, startTime } of processes) {
    while ((await readStat(pid))?.startTime === startTime) await setTimeout(20);
  }
}

type Stat = { pid: number; parent: number; startTime: string } | undefined;

/** See proc(5), /proc/pid/stat. A zombie is gone already. */
async function readStat(pid: number): Promise<Stat> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [state, parent, ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return text === '' || state === 'Z' ? undefined : { pid, parent: Number(parent), startTime: rest[17]! };
}
