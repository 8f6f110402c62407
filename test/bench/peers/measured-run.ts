import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';

/** What one run of a program cost, with all that it started and waited for. */
export interface Usage {
  readonly seconds: number;
  /** In user and in system mode. */
  readonly cpuSeconds: number;
  /** The most that the processes alive at one moment had had in memory until then, added up. */
  readonly peakMegabytes: number;
  readonly stdout: string;
}

const LOOK_MS = 50;
/** The shell's own clock for a program and its children; the last line that it writes. */
const TIMED = 'TIMEFORMAT="%3R %3U %3S"; time "$@"';
/** One thread in whatever library a program brings. */
const ONE_THREAD = {
  OMP_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
  OPENCV_FFMPEG_CAPTURE_OPTIONS: 'threads;1',
  ORT_DISABLE_TELEMETRY: '1',
};

/** Runs a program to its end. @throws Error with what it said, if it did not end well */
export async function measuredRun(command: readonly string[]): Promise<Usage> {
  const shell = spawn('bash', ['-c', TIMED, 'bash', ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...ONE_THREAD },
    detached: true,
  });
  const end = (): boolean => process.kill(-shell.pid!);
  process.once('exit', end);
  let stdout = '';
  let stderr = '';
  shell.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  shell.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  let peakMegabytes = 0;
  const looking = setInterval(async () => {
    peakMegabytes = Math.max(peakMegabytes, await peaksBelow(shell.pid!));
  }, LOOK_MS);
  const [status] = await once(shell, 'close').finally(() => {
    clearInterval(looking);
    process.off('exit', end);
  });
  const lines = stderr.trimEnd().split('\n');
  const times = lines.pop()!.split(' ').map(Number);
  if (status !== 0 || times.length !== 3 || times.some(Number.isNaN)) {
    throw new Error(`'${command.join(' ')}' failed (${status}): ${stderr.trim()}`);
  }
  const [seconds, user, system] = times as [number, number, number];
  return { seconds, cpuSeconds: user + system, peakMegabytes, stdout };
}

async function peaksBelow(pid: number): Promise<number> {
  let megabytes = 0;
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  for (const child of children.split(' ').filter(Boolean).map(Number)) {
    const status = await readFile(`/proc/${child}/status`, 'utf8').catch(() => '');
    const kilobytes = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
    megabytes += (kilobytes * 1_024) / 1e6 + (await peaksBelow(child));
  }
  return megabytes;
}
