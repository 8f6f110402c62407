import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { endGuardedPrograms, GUARD_MARK } from './guarded-programs.ts';
import { RunningProcess } from './running-process.ts';

const VISION = '1@guarded-programs.test';
const children: ChildProcess[] = [];

beforeEach(() => vi.stubEnv(GUARD_MARK, VISION));
afterEach(() => {
  vi.unstubAllEnvs();
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Runs a command of the shell, which prints something when it is ready. */
async function started(command: string): Promise<RunningProcess & { said: string }> {
  const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(child);
  const [said] = await once(child.stdout.setEncoding('utf8'), 'data');
  return Object.assign(RunningProcess.withPid(child.pid!)!, { said });
}

it('a program that ignores being asked is ended, and so is one that was started by a program that is gone', async () => {
  const deaf = await started('trap "" TERM INT HUP; echo ready; while :; do sleep 0.1; done');
  const orphan = RunningProcess.withPid(Number((await started('sleep 60 & echo $!')).said))!;
  await endGuardedPrograms(VISION);
  expect([deaf.state, orphan.state]).toEqual(['gone', 'gone']);
});

it('a program of another vision is left alone', async () => {
  const other = await started('echo ready; exec sleep 60');
  await endGuardedPrograms('2@guarded-programs.test');
  expect(other.state).toBe('runs');
  await endGuardedPrograms(VISION);
  expect(other.state).toBe('gone');
});
