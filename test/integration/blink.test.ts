import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stringify } from 'smol-toml';
import { expect, it, onTestFinished } from 'vitest';
import { GUARD_PROGRAM } from '../../firmware/system/running-guards.ts';
import { RunningProcess } from '../../firmware/system/running-process.ts';
import { LintelProgram } from './lintel-program.ts';

const MODELS = join(import.meta.dirname, '../../build/models');

it('lintel identity --blink ends as soon as its guard is lost', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-blink-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'state'));
  const line = [
    [0.5, 0],
    [0.5, 1],
  ];
  const settings = {
    site: { name: 'house', device: 'door' },
    camera: { driver: 'replay', file: 'door.y4m' },
    doorway: { line, in_side: 'left-to-right' },
    // Of its own: the same lines of a vision in another test file would be that one's.
    lines: { driver: 'simulated', sign: 40, assist: 41 },
    paths: { state: 'state', models: MODELS },
  };
  const file = join(folder, 'lintel.toml');
  await writeFile(file, stringify(settings));

  let ended: LintelProgram;
  let waitMs = 500;
  do {
    ended = new LintelProgram(['identity', '--make', '--blink', '--settings', file]);
    const guard = await guardOf(ended.pid);
    await delay(waitMs);
    guard.kill();
    expect(await ended.ended).toBe(1);
    waitMs *= 2;
    // Killed before it guarded, on a slow machine.
  } while (ended.err.includes('the guard did not start'));
  expect(ended.err).toContain('the guard ended with SIGKILL');
});

async function guardOf(pid: number): Promise<RunningProcess> {
  for (;;) {
    const found = RunningProcess.others().find(
      ({ command: [, program, , , owner] }) => program === GUARD_PROGRAM && owner?.startsWith(`${pid}@`),
    );
    if (found) return found;
    await delay(20);
  }
}
