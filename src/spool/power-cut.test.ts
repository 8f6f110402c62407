import { expect, test } from 'vitest';
import { cutAt, everyLuck } from '../disk/power-cuts.ts';
import { SimulatedDisk } from '../disk/simulated-disk.ts';
import { Outbox } from './outbox.ts';
import { Spool } from './spool.ts';
import type { ReportedWindow } from './spool-name.ts';

const folders = { spoolDir: '/spool', stateDir: '/state' };
const windows: ReportedWindow[] = [
  { level: 'window', windowStartSeconds: 3600 },
  { level: 'window', windowStartSeconds: 7200 },
  { level: 'day', windowStartSeconds: 3600 },
];
const bytesOf = ({ level, windowStartSeconds }: ReportedWindow) =>
  Buffer.from(`${level} ${windowStartSeconds}`);

/** @returns the windows of which `release` said that they are safe, and whether the power held */
async function releaseAll(disk: SimulatedDisk) {
  const released: ReportedWindow[] = [];
  try {
    const spool = await Spool.open({ ...folders, disk });
    for (const window of windows) {
      await spool.release(window, bytesOf(window));
      released.push(window);
    }
    return { released, powerHeld: true };
  } catch {
    return { released, powerHeld: false };
  }
}

async function reportsIn(disk: SimulatedDisk) {
  const outbox = await Outbox.open(folders.spoolDir, disk);
  const listed = await outbox.list();
  return Promise.all(
    listed.map(async (window) => ({ window, bytes: Buffer.from((await outbox.read(window))!) })),
  );
}

/** Starts again on the disk as it was found, and holds it against the promise. */
async function checkPromise(found: SimulatedDisk, released: ReportedWindow[]) {
  const seenByUplink = await reportsIn(found);
  expect(seenByUplink.map(({ window }) => window)).toEqual(expect.arrayContaining(released));
  const spool = await Spool.open({ ...folders, disk: found });
  const reports = await reportsIn(found);
  for (const { window, bytes } of [...seenByUplink, ...reports]) {
    expect(bytes).toEqual(bytesOf(window));
    expect(spool.isReleased(window.level, window.windowStartSeconds)).toBe(true);
  }
  const marked = windows.filter((window) => spool.isReleased(window.level, window.windowStartSeconds));
  expect(reports.map(({ window }) => window)).toEqual(expect.arrayContaining(marked));
  expect((await found.list(folders.spoolDir)).filter((name) => name.endsWith('.tmp'))).toEqual([]);

  for (const window of windows) if (!marked.includes(window)) await spool.release(window, bytesOf(window));
  expect((await reportsIn(found)).map(({ window }) => window)).toEqual(expect.arrayContaining(windows));
}

test('wherever the power is cut, what was released is there, whole, and is never released again', async () => {
  let cuts = 0;
  for (let cut = 0, powerHeld = false; !powerHeld; cut++) {
    const disk = new SimulatedDisk();
    cutAt(disk, cut);
    const run = await releaseAll(disk);
    powerHeld = run.powerHeld;
    for (const luck of everyLuck(disk)) {
      await checkPromise(disk.afterPowerCut(luck), run.released);
      cuts++;
    }
  }
  expect(cuts).toBeGreaterThan(150);
});

test('the same when the power is cut again while the spool mends itself', async () => {
  for (let cut = 0, powerHeld = false; !powerHeld; cut++) {
    const disk = new SimulatedDisk();
    cutAt(disk, cut);
    const run = await releaseAll(disk);
    powerHeld = run.powerHeld;
    for (const luck of everyLuck(disk)) {
      for (let secondCut = 0; secondCut < 3; secondCut++) {
        const found = disk.afterPowerCut(luck);
        cutAt(found, secondCut);
        await Spool.open({ ...folders, disk: found }).catch(() => {});
        for (const secondLuck of everyLuck(found)) {
          await checkPromise(found.afterPowerCut(secondLuck), run.released);
        }
      }
    }
  }
});
