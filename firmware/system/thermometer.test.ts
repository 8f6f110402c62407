import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { SocThermometer } from './thermometer.ts';

async function zone(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-thermal-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

it.each([
  ['of a Raspberry Pi is read in degrees', { type: 'cpu-thermal\n', temp: '61348\n' }, 61.348],
  [
    'that is not a Raspberry Pi has other limits, and is not read',
    { type: 'acpitz\n', temp: '90000\n' },
    undefined,
  ],
  ['without a number is not known', { type: 'cpu-thermal\n', temp: '\n' }, undefined],
  ['without a sensor is not known', {}, undefined],
])('the heat of a processor %s', async (_, files, celsius) => {
  expect(await new SocThermometer(await zone(files)).celsius()).toBe(celsius);
});
