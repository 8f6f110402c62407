import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const TRIAL = join(import.meta.dirname, 'root/usr/lib/lintel-image/trial');
const SECONDS = 4;
const DEADLINE = 11;
const NOT_HELD = 'given up, and not held against it';

/** What the programs that it asks would say, second by second; each look takes one. */
interface Course {
  readonly vision?: (second: number) => string;
  readonly run?: (second: number) => string;
  readonly uplink?: (second: number) => string;
  /** What it does. */
  readonly doctor?: (second: number) => string;
  readonly deadline?: number;
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lintel-trial-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** @returns the second at which the slot was called good, or what is known of it later */
async function tried(course: Course): Promise<number | string> {
  const {
    vision = () => 'watching',
    run: runs = () => 'one',
    uplink = () => 'active',
    doctor = () => 'exit 0',
    deadline = DEADLINE,
  } = course;
  const seconds = Array.from({ length: DEADLINE * 2 }, (_, second) => second);
  const answers = seconds.map((second) =>
    [
      `vision-ActiveState=active`,
      `vision-StatusText=${vision(second)}`,
      `vision-InvocationID=${runs(second)}`,
      `uplink-ActiveState=${uplink(second)}`,
      `uplink-InvocationID=same`,
      `doctor=${doctor(second)}`,
      '',
    ].join('\n'),
  );
  for (const [second, text] of answers.entries()) await writeFile(join(folder, `${second}`), text);
  await writeFile(join(folder, 'uptime'), '0.00 0.00\n');
  await writeFile(join(folder, 'cmdline'), 'quiet lintel.version=9.9 ro\n');
  const now = `$(cut -d. -f1 ${folder}/uptime)`;
  const programs = {
    systemctl: `unit=\${4#lintel-} && sed -n "s/^\${unit%.service}-\${3#--property=}=//p" ${folder}/${now}`,
    lintel: `eval "$(sed -n s/^doctor=//p ${folder}/${now})"`,
    rauc: `echo "good at ${now}" >${folder}/good`,
    sleep: `echo "$((${now} + 1)).00 0" >${folder}/next && mv ${folder}/next ${folder}/uptime`,
  };
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(folder, name), `#!/bin/sh\n${text}\n`);
    await chmod(join(folder, name), 0o755);
  }
  const env = {
    PATH: `${folder}:${process.env.PATH}`,
    LINTEL_PROC: folder,
    LINTEL_KEPT: folder,
    TRIAL_SECONDS: String(SECONDS),
    TRIAL_DEADLINE_SECONDS: String(deadline),
  };
  const hasPassed = await run('sh', [TRIAL], { env }).then(
    () => true,
    () => false,
  );
  if (hasPassed) return Number((await readFile(join(folder, 'good'), 'utf8')).replace('good at ', ''));
  return readFile(join(folder, 'tries/9.9'), 'utf8').then(
    (noted) => noted.trim(),
    () => NOT_HELD,
  );
}

describe('the trial of a new slot', () => {
  it('finds one good that has watched without a break for as long as was asked', async () => {
    expect(await tried({ vision: (second) => (second < 2 ? 'closed' : 'watching') })).toBe(2 + SECONDS);
  });

  it('begins anew when vision was started again, or did not watch for a moment', async () => {
    expect(await tried({ run: (second) => (second < 3 ? 'one' : 'two') })).toBe(3 + SECONDS);
    expect(await tried({ vision: (second) => (second === 3 ? 'fault: sensor' : 'watching') })).toBe(
      4 + SECONDS,
    );
  });

  it('refuses one in which vision does not watch', async () => {
    expect(await tried({ vision: () => 'fault: sensor' })).toBe('refused');
    expect(await tried({ vision: () => '', run: (second) => String(second) })).toBe('refused');
  });

  it('gives up one in which all is not well beside vision, and holds it not against it: the broker may be away', async () => {
    expect(await tried({ uplink: () => 'activating' })).toBe(NOT_HELD);
    expect(await tried({ doctor: () => 'exit 1' })).toBe(NOT_HELD);
  });

  it('holds it against none that a resident has opted out, when it could show nothing', async () => {
    expect(await tried({ vision: () => 'closed' })).toBe(NOT_HELD);
    const later = (second: number) => (second < 3 ? 'watching' : 'closed');
    expect(await tried({ vision: later })).toBe(NOT_HELD);
  });

  it('gives up one whose doctor never ends, when the time is up', async () => {
    const hangs = () => 'exec /bin/sleep 30';
    expect(await tried({ doctor: hangs, deadline: SECONDS + 1 })).toBe(NOT_HELD);
  });

  it('gives up one whose vision is started again and again', async () => {
    expect(await tried({ run: (second) => `${Math.floor(second / (SECONDS - 1))}` })).toBe(NOT_HELD);
  });
});
