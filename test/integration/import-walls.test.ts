import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CONFIG = '.dependency-cruiser.mjs';

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

/**
 * Lays out a small house under the configuration of this one, and looks for breaches of its walls.
 * @param reaches what each program imports, by way of a file that no rule speaks of
 * @returns the programs that break a rule, and its name
 */
async function breaches(reaches: Readonly<Record<string, string>>): Promise<string[]> {
  const house = await mkdtemp(join(tmpdir(), 'lintel-house-'));
  onTestFinished(() => rm(house, { recursive: true }));
  for (const name of [CONFIG, 'tsconfig.json']) await copyFile(join(ROOT, name), join(house, name));
  await symlink(join(ROOT, 'node_modules'), join(house, 'node_modules'));
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(house, path)), { recursive: true });
    await writeFile(join(house, path), text);
  };
  await write('src/frame/i420.ts', 'export const height = 1;\n');
  for (const [program, what] of Object.entries(reaches)) {
    await write(`firmware/${program}`, `import './between-${program}';\n`);
    await write(`firmware/between-${program}`, `import '${what}';\n`);
  }
  const { summary } = await cruise(house);
  return summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`).sort();
}

function cruise(house: string): Promise<{ summary: { violations: Violation[] } }> {
  const args = ['--config', CONFIG, '--output-type', 'json', 'firmware', 'src'];
  return new Promise((resolve, reject) => {
    execFile(join(ROOT, 'node_modules/.bin/depcruise'), args, { cwd: house }, (error, output) => {
      // Its exit code, too, tells how many breaches there are.
      if (output === '') reject(error);
      else resolve(JSON.parse(output));
    });
  });
}

it('the walls of the house hold where a program reaches round a corner', async () => {
  expect(
    await breaches({
      'vision.ts': 'mqtt',
      'vision-program.ts': 'node:net',
      'uplink.ts': '../src/frame/i420.ts',
    }),
  ).toEqual([
    'firmware/uplink.ts: uplink-never-reaches-a-frame',
    'firmware/vision-program.ts: vision-never-reaches-the-network-side',
    'firmware/vision.ts: vision-never-reaches-the-network-side',
  ]);
});

it('the walls of the house leave every program what is its own', async () => {
  expect(await breaches({ 'vision-program.ts': '../src/frame/i420.ts', 'uplink.ts': 'mqtt' })).toEqual([]);
});
