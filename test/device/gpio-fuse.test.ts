import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chips } from './gpio-fuse/stand-in.ts';

// The real onoff and its epoll, on a FUSE file system that behaves as the kernel's /sys/class/gpio. The stand-in is
// mounted in a mount namespace of its own, and the tests named *.inside.ts run there, in a vitest of their own;
// each of them is shown here under its name.

const here = join(import.meta.dirname, 'gpio-fuse');
const root = join(import.meta.dirname, '../..');

interface Result {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages: string[];
}

/** Of vitest's JSON report, what is used; a file that could not be loaded has no assertions, but a message. */
interface FileReport {
  readonly name: string;
  readonly message: string;
  readonly assertionResults: Result[];
}

interface Run {
  readonly results: readonly Result[];
  readonly status: number | null;
  readonly stderr: string;
}

function runInside(): Run {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-gpio-fuse-'));
  try {
    const program = join(folder, 'gpio-fuse');
    const report = join(folder, 'report.json');
    const mountpoint = join(folder, 'mount');
    mkdirSync(mountpoint);
    build(program);
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const run = spawnSync(
      'unshare',
      [
        ...['--mount', '--pid', '--fork', '--kill-child', '--mount-proc'],
        ...['sh', join(here, 'inside.sh'), program, mountpoint, chips],
        ...[process.execPath, vitest, 'run', '--config', join(here, 'vitest.config.ts')],
        ...['--reporter=json', `--outputFile=${report}`],
      ],
      { cwd: root, encoding: 'utf8', env: { ...process.env, LINTEL_GPIO_FUSE: mountpoint } },
    );
    const results = read(report);
    if (!results) throw new Error(`the tests on the stand-in did not run: ${run.error ?? run.stderr}`);
    return { results, status: run.status, stderr: run.stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function build(program: string): void {
  const flags = execFileSync('pkg-config', ['--cflags', '--libs', 'fuse3'], { encoding: 'utf8' });
  const sources = ['attributes.c', 'bank.c', 'gpio-fuse.c', 'tree.c'].map((name) => join(here, name));
  execFileSync('cc', [
    '-std=gnu11',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-o',
    program,
    ...sources,
    ...flags.trim().split(/\s+/),
  ]);
}

function read(report: string): Result[] | undefined {
  if (!existsSync(report)) return undefined;
  const { testResults }: { testResults: FileReport[] } = JSON.parse(readFileSync(report, 'utf8'));
  return testResults.flatMap(({ name, message, assertionResults }) =>
    assertionResults.length > 0
      ? assertionResults
      : [{ fullName: name, status: 'not loaded', failureMessages: [message] }],
  );
}

/** What this machine lacks, or nothing. */
function missing(): string | undefined {
  const works = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;
  if (!works('cc', '--version')) return 'a C compiler (Debian: gcc)';
  if (!works('pkg-config', '--exists', 'fuse3')) return 'libfuse 3 (Debian: pkg-config libfuse3-dev fuse3)';
  try {
    accessSync('/dev/fuse', constants.R_OK | constants.W_OK);
  } catch {
    return 'the right to use /dev/fuse (modprobe fuse; run as root)';
  }
  if (!works('unshare', '--mount', '--pid', '--fork', 'true')) return 'the right to mount (run as root)';
  return undefined;
}

describe('on a stand-in for /sys/class/gpio', () => {
  const lack = missing();
  if (lack) {
    it('real onoff drives the door lines', () => {
      throw new Error(`not run, because this machine lacks ${lack}`);
    });
    return;
  }
  const { results, status, stderr } = runInside();
  it('every test was run, and nothing failed outside of them', () => {
    expect(results.length).toBeGreaterThan(20);
    if (results.every((result) => result.status === 'passed'))
      expect({ status, stderr }).toMatchObject({ status: 0 });
  });
  for (const { fullName, status, failureMessages } of results) {
    it(fullName, () =>
      expect({ status, failureMessages }).toEqual({ status: 'passed', failureMessages: [] }),
    );
  }
});
