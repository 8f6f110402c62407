import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const build = (...args: string[]) =>
  spawnSync(process.execPath, ['models/build.ts', ...args], { encoding: 'utf8' });

describe('node models/build.ts', () => {
  it('finds that set-up built every model as recorded', () => {
    const { status, stdout } = build();
    expect(stdout).toMatch(/^models: 3 files are as recorded in /);
    expect(status).toBe(0);
  });

  it('explains itself, and tells bad usage from failure', () => {
    expect(build('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('--out DIR') });
    expect(build('--nonsense')).toMatchObject({ status: 2, stderr: expect.stringContaining('--nonsense') });
  });
});
