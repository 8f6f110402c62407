import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { StandIns } from './rig.ts';

const standIns = new StandIns();

it.each([
  ['exits in disorder while a read of the pipe is under way', 'SIGTERM', [3, null]],
  ['is killed', 'SIGKILL', [null, 'SIGKILL']],
] as const)('rpicam-vid ends with the program that started it when that %s', async (_, signal, how) => {
  standIns.fault = { after: 1, does: 'hang' };
  const program = spawn(process.execPath, [join(import.meta.dirname, 'opens-and-waits.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(program, 'exit');
  await Promise.race([once(program.stdout, 'data'), exited]);
  program.kill(signal);
  expect(await exited).toEqual(how);
  await vi.waitUntil(() => standIns.programs.length === 0, { timeout: 30_000 });
});
