import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SeededRandom } from '../../test/scene/seeded-random.ts';
import { systemError } from '../disk/disk.ts';
import { type DiskStep, SimulatedDisk } from '../disk/simulated-disk.ts';
import { ReleaseMarks } from './release-marks.ts';
import { Spool } from './spool.ts';
import type { ReportedWindow } from './spool-name.ts';

const folders = { spoolDir: '/spool', stateDir: '/state' };
const hour = (number: number): ReportedWindow => ({ level: 'window', windowStartSeconds: number * 3600 });
const report = Buffer.from('a report');
const failsWith = (code: string) => expect.objectContaining({ code });

/** Fails one kind of step, as long as it is asked to. */
function failOn(disk: SimulatedDisk, step: DiskStep, code: string): () => void {
  disk.onStep = (now, path) => {
    if (now === step) throw systemError(code, path);
  };
  return () => {
    disk.onStep = () => {};
  };
}

describe('the spool', () => {
  test('a released report lies under the name of its window, on a real disk', async () => {
    const root = await mkdtemp(join(tmpdir(), 'lintel-spool-'));
    onTestFinished(() => rm(root, { recursive: true }));
    const spoolDir = join(root, 'new', 'spool');
    const spool = await Spool.open({ spoolDir, stateDir: join(root, 'state') });
    await spool.release(hour(490_000), report);
    expect(await readdir(spoolDir)).toEqual(['1764000000-window.report']);
    expect(await readFile(join(spoolDir, '1764000000-window.report'))).toEqual(report);
    const marks = await readFile(join(root, 'state', 'marks'), 'utf8');
    expect(marks).toMatch(/^lintel-marks 2\nwindow 1764000000-1764000000\nday\ncrc32 [0-9a-f]+\n$/);
  });

  test('a released window is never released again, in this run or the next', async () => {
    const disk = new SimulatedDisk();
    const first = await Spool.open({ ...folders, disk });
    expect(first.isReleased('window', 3600)).toBe(false);
    await first.release(hour(2), report);
    for (const spool of [first, await Spool.open({ ...folders, disk })]) {
      expect(spool.isReleased('window', 2 * 3600)).toBe(true);
      expect(spool.isReleased('window', 3 * 3600)).toBe(false);
      expect(spool.isReleased('day', 2 * 3600)).toBe(false);
      await expect(spool.release(hour(2), report)).rejects.toEqual(failsWith('SPOOL_REPEATED'));
    }
    expect(await disk.list('/spool')).toEqual(['7200-window.report']);
  });

  test('releases that overlap in time are put in place one after the other', async () => {
    const disk = new SimulatedDisk();
    const spool = await Spool.open({ ...folders, disk });
    const releases = [hour(1), hour(2), { level: 'day', windowStartSeconds: 3600 } as const];
    await Promise.all(releases.map((window) => spool.release(window, report)));
    expect(await disk.list('/spool')).toHaveLength(3);
    expect(spool.waiting).toBe(0);
  });

  test('a report over 64 KiB is refused', async () => {
    const spool = await Spool.open({ ...folders, disk: new SimulatedDisk() });
    await expect(spool.release(hour(1), new Uint8Array(65_537))).rejects.toEqual(
      failsWith('SPOOL_OVERSIZED'),
    );
    expect(spool.isReleased('window', 3600)).toBe(false);
  });
});

describe('the spool on a disk that fails', () => {
  test('a full disk keeps the reports in memory and marks nothing; they go out in order when there is room', async () => {
    const disk = new SimulatedDisk();
    const spool = await Spool.open({ ...folders, disk });
    const mend = failOn(disk, 'fill', 'ENOSPC');
    await expect(spool.release(hour(1), report)).rejects.toEqual(failsWith('SPOOL_FULL'));
    await expect(spool.release(hour(2), report)).rejects.toEqual(failsWith('SPOOL_FULL'));
    expect(spool.isReleased('window', 2 * 3600)).toBe(true);
    await expect(spool.release(hour(2), report)).rejects.toEqual(failsWith('SPOOL_REPEATED'));
    expect(await disk.list('/state')).not.toContain('marks');
    mend();
    await spool.retry();
    expect(spool.waiting).toBe(0);
    expect((await disk.list('/spool')).sort()).toEqual(['3600-window.report', '7200-window.report']);
  });

  test.each<DiskStep>(['create', 'fill', 'sync', 'rename', 'sync-directory'])(
    'whichever step fails (%s), the next release puts both reports in place',
    async (step) => {
      const disk = new SimulatedDisk();
      const spool = await Spool.open({ ...folders, disk });
      const mend = failOn(disk, step, 'EIO');
      await expect(spool.release(hour(1), report)).rejects.toEqual(failsWith('SPOOL_IO'));
      mend();
      await spool.release(hour(2), report);
      expect((await disk.list('/spool')).sort()).toEqual(['3600-window.report', '7200-window.report']);
    },
  );

  test('a temporary file that somebody tidied away is written again', async () => {
    const disk = new SimulatedDisk();
    const spool = await Spool.open({ ...folders, disk });
    const mend = failOn(disk, 'rename', 'EIO');
    await expect(spool.release(hour(1), report)).rejects.toEqual(failsWith('SPOOL_IO'));
    mend();
    await disk.remove('/spool/3600-window.report.tmp');
    await expect(spool.retry()).rejects.toEqual(failsWith('SPOOL_IO'));
    await spool.retry();
    expect(await disk.list('/spool')).toEqual(['3600-window.report']);
  });

  test('a directory that cannot be used is an error that names it', async () => {
    const root = await mkdtemp(join(tmpdir(), 'lintel-spool-'));
    onTestFinished(() => rm(root, { recursive: true }));
    await writeFile(join(root, 'file'), '');
    const open = Spool.open({ spoolDir: join(root, 'file', 'spool'), stateDir: join(root, 'state') });
    await expect(open).rejects.toEqual(failsWith('SPOOL_IO'));
    await expect(open).rejects.toThrow('file/spool cannot be used (ENOTDIR)');
  });
});

describe('the marks of released windows', () => {
  test('a clock that was set far ahead and back blocks the windows it led to, and no other', async () => {
    const disk = new SimulatedDisk();
    const spool = await Spool.open({ ...folders, disk });
    const ahead = 100_000;
    for (const number of [1, 2, ahead, ahead + 1, 3, 4]) await spool.release(hour(number), report);
    for (const again of [spool, await Spool.open({ ...folders, disk })]) {
      for (const number of [1, 2, 3, 4, ahead, ahead + 1]) {
        expect(again.isReleased('window', number * 3600)).toBe(true);
      }
      for (const number of [5, 6, ahead - 1, ahead + 2]) {
        expect(again.isReleased('window', number * 3600)).toBe(false);
      }
    }
  });

  test('a clock that was an hour ahead and back blocks no quarter of an hour that lies between', async () => {
    const disk = new SimulatedDisk();
    const spool = await Spool.open({ ...folders, disk, windowSeconds: 900 });
    const quarter = (number: number): ReportedWindow => ({
      level: 'window',
      windowStartSeconds: number * 900,
    });
    for (const number of [1, 2, 6]) await spool.release(quarter(number), report);
    for (const number of [3, 4, 5]) expect(spool.isReleased('window', number * 900)).toBe(false);
    for (const number of [3, 4]) await spool.release(quarter(number), report);
    const marks = Buffer.from(await disk.read('/state/marks', 4_096)).toString();
    expect(marks).toContain('window 900-3600 5400-5400\n');
  });

  test('they stay small after any number of gaps, and forget no window', async () => {
    const disk = new SimulatedDisk();
    await disk.makeDirectory('/state');
    const marks = await ReleaseMarks.load(disk, '/state', 900);
    const random = new SeededRandom(7);
    const marked: number[] = [];
    for (let count = 0; count < 500; count++) {
      const start = Math.floor(random.between(0, 2 ** 32 / 900)) * 900;
      await marks.mark('window', start);
      await marks.mark('day', start);
      marked.push(start);
    }
    expect((await disk.read('/state/marks', 4_096)).length).toBeLessThan(2_048);
    const loaded = await ReleaseMarks.load(disk, '/state', 900);
    for (const start of marked)
      expect([loaded.has('window', start), loaded.has('day', start)]).toEqual([true, true]);
  });

  test.each<[string, (written: string) => string]>([
    ['is empty', () => ''],
    ['was cut short', (written) => written.slice(0, -3)],
    ['has a changed digit', (written) => written.replace('7200-', '7100-')],
    ['holds more than was written', (written) => `${written}\n`],
    ['is far too long', (written) => written.padEnd(5000)],
  ])('when the file %s, nothing is released until it is mended', async (_what, damage) => {
    const disk = new SimulatedDisk();
    await (await Spool.open({ ...folders, disk })).release(hour(2), report);
    const written = Buffer.from(await disk.read('/state/marks', 4_096)).toString();
    await disk.write('/state/marks', Buffer.from(damage(written)));
    await expect(Spool.open({ ...folders, disk })).rejects.toEqual(failsWith('SPOOL_MARKS_DAMAGED'));
    await disk.remove('/state/marks');
    await (await Spool.open({ ...folders, disk })).release(hour(3), report);
  });
});
