import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DoorWatch } from './door-watch.ts';
import { guardOf, type InstalledLintel, TEST_PLACE, VISION } from './installed-lintel.ts';
import { mountSpoolDisk, SPOOL } from './spool-disk.ts';

const HANG = '/run/lintel-vision/hang';

/** What is to be seen when it goes wrong. On a busy machine the first try to watch again may not be the last. */
const SAFE = ['lit, sensor open', 'lit', 'dark'] as const;

/** What the service manager does when `vision` no longer does what it is for. */
export function watchdog(lintel: () => InstalledLintel): void {
  describe('the sensor is closed, then the sign goes out, and vision is started again, when', () => {
    it('(it watches a sensor)', async () => {
      await lintel().stop();
      await mountSpoolDisk(lintel().debian);
      await lintel().importFault(`${TEST_PLACE}/fault.ts`);
      await lintel().configure('program');
      await lintel().restart();
    });

    it('its event loop stands still', () =>
      beginsAnew(lintel(), async (debian, pid) => {
        await debian.must(['kill', '-STOP', pid]);
      }));

    it('both it and its guard are killed: by what the service manager runs after them', () =>
      beginsAnew(lintel(), async (debian, pid) => {
        const guard = await guardOf(debian);
        await debian.must(['kill', '-STOP', guard]);
        await debian.must(['kill', '-KILL', pid, guard]);
      }));

    it('both it and its guard stand still', () =>
      beginsAnew(lintel(), async (debian, pid) => {
        await debian.must(['kill', '-STOP', await guardOf(debian), pid]);
      }));

    it('what finds the faces hangs, in every thread that is begun', () =>
      beginsAnew(lintel(), (debian) => debian.write(HANG, ''), {
        sign: 'no frame is looked at',
        mend: (debian) => debian.must(['rm', HANG]),
      }));

    it('the spool refuses every write', () =>
      beginsAnew(lintel(), (debian) => debian.must(['mount', '-o', 'remount,ro', SPOOL]), {
        sign: 'EROFS: read-only file system',
        mend: (debian) => debian.must(['mount', '-o', 'remount,rw', SPOOL]),
      }));

    // The thread that writes can then not be killed either.
    it('the disk under the spool takes a write and never ends it', () =>
      beginsAnew(lintel(), (debian) => debian.must(['fsfreeze', '--freeze', SPOOL]), {
        sign: 'the spool takes no write',
        mend: (debian) => debian.must(['fsfreeze', '--unfreeze', SPOOL]),
      }));
  });
}

type Debian = InstalledLintel['debian'];

interface Trouble {
  /** What `vision` says of it. */
  readonly sign: string;
  readonly mend: (debian: Debian) => Promise<unknown>;
}

async function beginsAnew(
  lintel: InstalledLintel,
  breakIt: (debian: Debian, pid: string) => Promise<unknown>,
  trouble?: Trouble,
): Promise<void> {
  const { debian } = lintel;
  await using door = new DoorWatch(debian);
  await door.until('lit, sensor open');
  const pid = await lintel.property(VISION, 'MainPID');
  const before = door.seen.length - 1;
  const restarts = Number(await lintel.property(VISION, 'NRestarts'));
  await breakIt(debian, pid);
  try {
    await door.until('lit', 'dark');
  } finally {
    await trouble?.mend(debian);
  }
  await door.until('lit', 'lit, sensor open');
  assert.deepEqual(door.seen.slice(before, before + SAFE.length), SAFE);
  assert.ok(!door.seen.includes('DARK, SENSOR OPEN'));
  assert.notEqual(await lintel.property(VISION, 'MainPID'), pid);
  assert.ok(Number(await lintel.property(VISION, 'NRestarts')) > restarts);
  if (trouble) assert.match(await lintel.log(VISION), new RegExp(trouble.sign));
}
