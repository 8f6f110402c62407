import { join } from 'node:path';
import { expect, it } from 'vitest';
import { StatusFiles } from '../../src/spool/status-files.ts';
import { decodeStatus } from '../../src/wire/status-codec.ts';
import { VisionProcess } from '../vision-rig/vision-process.ts';
import { lintel } from './lintel-program.ts';

it('a private room is refused by all that looks at settings: no frame, sign dark, and the status says a fault', async () => {
  const vision = await VisionProcess.start({ site: { place: 'changing-room' }, args: ['--status'] });
  expect(await vision.exited).toBe(1);
  const said = vision.lines.map(({ msg }) => msg);
  expect(said).toContainEqual(
    expect.stringMatching(/^lintel: nothing is watched: site.place: a camera may not/),
  );
  for (const { status } of vision.lines.filter((line) => 'status' in line)) {
    expect(status).toMatchObject({ frames: 0, sign: 'dark', phase: 'dark' });
  }
  const bytes = await new StatusFiles(join(vision.folder, 'spool')).read('current');
  expect(decodeStatus(bytes!).state).toBe('fault-device');

  const settings = join(vision.folder, 'lintel.toml');
  const check = await lintel('settings', '--check', settings);
  expect(check).toMatchObject({ code: 1, out: '' });
  expect(check.err).toMatch(
    /lintel.toml: nothing is watched: site.place: a camera may not look into a changing-room/,
  );
  const report = await lintel('report', '--settings', settings);
  expect(report.code).toBe(1);
  expect(report.out).toContain('WRONG HERE: nothing is watched: site.place');
});
