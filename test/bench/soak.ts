import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BUILD = join(ROOT, 'build');
const SETTLED_AFTER_MS = 20_000;
const SAMPLE_MS = 5_000;

/** Resident memory of the vision program, in megabytes, while it plays the demonstration clip at its own rate. */
export async function soak(
  minutes: number,
): Promise<{ firstMegabytes: number; lastMegabytes: number; mostMegabytes: number; samples: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-soak-'));
  const settings = join(folder, 'lintel.toml');
  await writeFile(
    settings,
    `site = { name = "soak", device = "door" }
camera = { driver = "replay", file = "${join(BUILD, 'material', 'demo.mp4')}" }
doorway = { line = [[0.5, 0], [0.5, 1]], in_side = "left-to-right" }
lines = { driver = "simulated" }
paths = { spool = "spool", state = "state", models = "${join(BUILD, 'models')}" }
`,
  );
  const args = [
    join(ROOT, 'firmware', 'lintel.ts'),
    'vision',
    '--settings',
    settings,
    '--window-seconds',
    '30',
  ];
  const vision = spawn(process.execPath, args, {
    stdio: 'ignore',
    env: { ...process.env, NODE_COMPILE_CACHE: join(BUILD, 'compile-cache') },
  });
  try {
    await sleep(SETTLED_AFTER_MS);
    const sizes: number[] = [];
    for (const untilMs = Date.now() + minutes * 60_000; Date.now() < untilMs; await sleep(SAMPLE_MS)) {
      sizes.push(await residentMegabytes(vision.pid!));
    }
    const round = (megabytes: number): number => Math.round(megabytes * 10) / 10;
    return {
      firstMegabytes: round(sizes[0]!),
      lastMegabytes: round(sizes.at(-1)!),
      mostMegabytes: round(Math.max(...sizes)),
      samples: sizes.length,
    };
  } finally {
    vision.kill('SIGTERM');
    if (vision.exitCode === null) await once(vision, 'exit');
    await rm(folder, { recursive: true });
  }
}

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return (Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024) / 1e6;
}
