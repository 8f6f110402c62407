import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { EVIDENCE } from '../../firmware/vision-folders.ts';
import { NodeDisk } from '../../src/disk/node-disk.ts';
import { logFolder, segmentsIn } from '../../src/evidence/found-log.ts';
import { DeviceKey } from '../../src/identity/device-key.ts';
import { VisionProcess } from '../vision-rig/vision-process.ts';
import { lintel } from './lintel-program.ts';

interface Row {
  readonly id: string;
  readonly state: string;
  readonly text: string;
}

const REQUIREMENTS = Array.from({ length: 16 }, (_, index) => `R${index + 1}`);

async function report(settings: string) {
  const { code, out, err } = await lintel('report', '--settings', settings, '--json');
  expect(err).toBe('');
  const { rows } = JSON.parse(out) as { rows: readonly Row[] };
  const row = (id: string) => rows.find((one) => one.id === id)!;
  return { code, rows, row };
}

it('lintel report has every requirement, from what a camera left, and says what is not to be seen', async () => {
  const vision = await VisionProcess.start();
  const settings = join(vision.folder, 'lintel.toml');
  const before = await report(settings);
  expect(before.rows.map(({ id }) => id)).toEqual(REQUIREMENTS);
  await vision.said(({ msg }) => msg === 'started');
  expect(await vision.end('SIGTERM')).toBe(0);

  const after = await report(settings);
  expect(after.code).toBe(0);
  expect(after.row('R1')).toMatchObject({
    state: 'shown',
    text: expect.stringContaining('which are these; records: 1, all signed'),
  });
  expect(after.row('R3')).toMatchObject({
    state: 'shown',
    text: expect.stringContaining('ultraface-640x384.onnx (face-detection'),
  });
  expect(after.row('R11')).toMatchObject({ state: 'not-shown', text: 'the evidence has no whole day yet' });
  expect(after.row('R13')).toMatchObject({
    state: 'not-shown',
    text: expect.stringContaining('notice.operator is missing'),
  });

  const folder = logFolder(
    join(vision.folder, 'state', EVIDENCE),
    (await DeviceKey.read(join(vision.folder, 'state'), new NodeDisk())).publicKey,
  );
  const verified = await lintel('verify', folder);
  expect(verified).toMatchObject({ code: 0, out: expect.stringContaining('Door    house/door') });

  // Other settings than those that ran, and evidence that was changed.
  const text = await readFile(settings, 'utf8');
  await writeFile(settings, `${text}\n[notice]\noperator = "House Ltd"\ncontact = "ask@house.example"\n`);
  const [name] = segmentsIn(await new NodeDisk().list(folder));
  expect((await report(settings)).row('R1').text).toContain('which are NOT these');
  expect((await report(settings)).row('R13').state).toBe('shown');
  const file = join(folder, name!);
  await writeFile(file, (await readFile(file, 'utf8')).replace('"sense":"wired"', '"sense":"read-back"'));
  const changed = await report(settings);
  expect([changed.code, changed.row('R1').state]).toEqual([1, 'wrong']);
});
