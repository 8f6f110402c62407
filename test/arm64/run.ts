import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireHostPackages } from '../../deploy/host-packages.ts';
import { hostTool } from '../../deploy/host-tool.ts';
import { LintelError } from '../../src/lintel-error.ts';
import { type Arm64Package, arm64Package } from './arm64-node.ts';
import { furthestApart } from './boxes-apart.ts';
import { NOT_RUN } from './unit-tests.ts';

// npm run test:arm64: the unit tests, and one detection, under the Node of the package for arm64, whose processor is
// emulated. Needs root and a quarter of an hour.

const NEEDED = { 'qemu-aarch64': 'qemu-user', 'aarch64-linux-gnu-g++': 'g++-aarch64-linux-gnu' };
const checkout = join(import.meta.dirname, '../..');
const PICTURE = join(checkout, 'build/material/photos/sample1.jpg');
const MOST_PIXELS = 0.5;
const say = (line: string) => process.stdout.write(`${line}\n`);

await requireHostPackages(NEEDED, say);
const work = await mkdtemp(join(tmpdir(), 'lintel-test-arm64-'));
try {
  say('making what is in the package for arm64');
  const packaged = await arm64Package(checkout, work);
  await sameBoxes(packaged);
  for (const [what, why] of Object.entries(NOT_RUN)) say(`not run: ${what} (${why})`);
  process.exitCode = await unitTests(packaged);
} finally {
  await rm(work, { recursive: true });
}

async function sameBoxes({ home, node }: Arm64Package): Promise<void> {
  const detect = async (program: string, folder: string, models: string) => {
    const command = [program, join(folder, 'firmware/lintel.ts'), 'detect', PICTURE, '--json'];
    return JSON.parse(await hostTool('env', [`LINTEL_MODELS=${join(folder, models)}`, ...command]));
  };
  const here = await detect(process.execPath, checkout, 'build/models');
  const there = await detect(node, home, 'models');
  const pixels = furthestApart(here[0].cover, there[0].cover);
  if (!(pixels <= MOST_PIXELS)) {
    const found = JSON.stringify({ here: here[0].cover, there: there[0].cover });
    throw new LintelError('BOXES_DIFFER', `the boxes found here and there differ: ${found}`);
  }
  say(`ok: ${there[0].cover.length} faces, whose boxes are those of this machine to ${pixels} pixels`);
}

async function unitTests({ node }: Arm64Package): Promise<number> {
  const vitest = join(checkout, 'node_modules/vitest/vitest.mjs');
  const config = join(import.meta.dirname, 'vitest.config.ts');
  const child = spawn(process.execPath, [vitest, 'run', '--config', config, ...process.argv.slice(2)], {
    cwd: checkout,
    stdio: 'inherit',
    env: { ...process.env, LINTEL_ARM64_NODE: node },
  });
  const [status] = await once(child, 'exit');
  return status ?? 1;
}
