import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { unitValues } from '../../deploy/services/unit-file.ts';
import { MISCONFIGURED } from '../../firmware/commands/service.ts';
import { StatusFiles } from '../../src/spool/status-files.ts';
import { decodeStatus } from '../../src/wire/status-codec.ts';
import { VisionProcess } from '../vision-rig/vision-process.ts';
import { LintelProgram, lintel } from './lintel-program.ts';

it('a private room is refused by all that looks at settings: no frame, sign dark, and the status says a fault', async () => {
  const vision = await VisionProcess.start({ site: { place: 'changing-room' }, args: ['--status'] });
  expect(await vision.exited).toBe(MISCONFIGURED);
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

it('without site and doorway both programs say all that is missing, leave no trace, and ask not to be started again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-unset-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const settings = join(folder, 'lintel.toml');
  await writeFile(settings, "[paths]\nspool = 'spool'\nstate = 'state'\n");
  const missing = /site.name: is missing; .*; missing too: site.device, doorway.line, doorway.in_side\n/;
  for (const name of ['vision', 'uplink']) {
    const started = (env: NodeJS.ProcessEnv) => new LintelProgram([name, '--settings', settings], { env });
    const service = started({ INVOCATION_ID: 'of a service' });
    expect([await service.ended, service.out]).toEqual([MISCONFIGURED, '']);
    expect(service.err).toMatch(missing);
    expect(service.err).toContain("'systemctl restart lintel-vision lintel-uplink'");
    expect(unitValues(`lintel-${name}.service`, 'RestartPreventExitStatus')).toEqual([String(MISCONFIGURED)]);
    expect(await readdir(folder)).toEqual(['lintel.toml']);
  }
  const doctor = await lintel('doctor', '--json', '--settings', settings);
  expect(JSON.parse(doctor.out)).toEqual({
    healthy: false,
    findings: [
      { item: 'settings', state: 'fail', text: expect.stringMatching(/site.name: is missing.*doorway.line/) },
    ],
  });
});

it('what vision has left is ended, as far as it is known, even where the settings have become unreadable', async () => {
  // A number that no process has: that of a vision which is gone. Seen from a namespace of their own, there are no others.
  const left = 'LINTEL_GUARDED=1@1 sleep 30 & "$@"; code=$?; wait $!; echo "ended with $?"; exit $code';
  const shell = `exec unshare --pid --fork --kill-child --mount-proc sh -c '${left}' sh "$@"`;
  const darken = new LintelProgram(['darken', '--settings', '/nowhere/lintel.toml'], { shell });
  expect([await darken.ended, darken.out]).toEqual([1, 'ended with 137\n']);
  expect(darken.err).toContain('there is no settings file /nowhere/lintel.toml');
});
