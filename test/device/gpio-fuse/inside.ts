import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { buildGpioFuse } from './build.ts';
import { chips } from './stand-in.ts';

// Tests that need the stand-in for /sys/class/gpio are named *.inside.ts. It is mounted in namespaces of its own, and
// they run there, in a vitest of their own; each is shown outside under its name.

/** Who is not root may mount in a user namespace of his own, where the kernel allows that. */
const NAMESPACES = [
  ...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']),
  ...['--mount', '--pid', '--fork', '--kill-child', '--mount-proc'],
];

const here = import.meta.dirname;
const root = join(here, '../../..');

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

/**
 * Declares every test of `test/device/FOLDER/*.inside.ts`, run where the stand-in is.
 * @param atLeast fewer tests than this count as a failure
 */
export async function runInside(folder: string, atLeast: number): Promise<void> {
  const lack = missing();
  if (lack) {
    it(`every test in ${folder} is run`, () => {
      throw new Error(`not run, because this machine lacks ${lack}`);
    });
    return;
  }
  const { results, status, stderr } = await run(folder);
  it('every test was run, and nothing failed outside of them', () => {
    expect(results.length).toBeGreaterThanOrEqual(atLeast);
    if (results.every((result) => result.status === 'passed'))
      expect({ status, stderr }).toMatchObject({ status: 0 });
  });
  for (const { fullName, status, failureMessages } of results) {
    it(fullName, () =>
      expect({ status, failureMessages }).toEqual({ status: 'passed', failureMessages: [] }),
    );
  }
}

async function run(tests: string): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-gpio-fuse-'));
  try {
    const program = join(folder, 'gpio-fuse');
    const report = join(folder, 'report.json');
    const mountpoint = join(folder, 'mount');
    mkdirSync(mountpoint);
    buildGpioFuse(program);
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const inside = spawn(
      'unshare',
      [
        ...NAMESPACES,
        ...['sh', join(here, 'inside.sh'), program, mountpoint, chips],
        ...[
          process.execPath,
          vitest,
          'run',
          `test/device/${tests}/`,
          '--config',
          join(here, 'vitest.config.ts'),
        ],
        ...['--reporter=json', `--outputFile=${report}`],
      ],
      {
        cwd: root,
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, LINTEL_GPIO_FUSE: mountpoint },
      },
    );
    const [stderr, [status]] = await Promise.all([text(inside.stderr), once(inside, 'exit')]);
    const results = read(report);
    if (!results) throw new Error(`the tests on the stand-in did not run: ${stderr}`);
    return { results, status, stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
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
  if (!works('unshare', ...NAMESPACES, 'true')) return 'the right to mount (run as root)';
  return undefined;
}
