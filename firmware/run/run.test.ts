import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { settingsExample } from '../../src/config/settings-example.ts';
import { run } from './run.ts';

it('settings of a camera are refused with what to do, and nothing is started', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-run-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const settings = join(folder, 'lintel.toml');
  const text = settingsExample()
    .replace(/^file = .*/m, '')
    .replace(/^spool = .*/m, "spool = 'spool'");
  await writeFile(settings, text);
  await expect(run({ settings }, '/nowhere', new AbortController().signal)).rejects.toMatchObject({
    code: 'USAGE',
    message: expect.stringMatching(/plays a recording, and .*lintel[.]toml names none: set camera[.]file/),
  });
  expect(await readdir(folder)).toEqual(['lintel.toml']);
});
