import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { parse } from 'smol-toml';
import { asked } from './ask-page.ts';
import { behindWalls } from './behind-walls.ts';
import type { BootedDebian } from './booted-debian.ts';
import { press } from './door-button.ts';
import { DoorWatch } from './door-watch.ts';
import { guardOf, type InstalledLintel, SETTINGS, VISION } from './installed-lintel.ts';
import { PROBE } from './walls.ts';

const PAGE = 'lintel-aiming.service';
const SAVE = 'lintel-aiming-save.service';
const SHOWN = '/run/lintel-aim';
const PROPOSED = '/run/lintel-aiming/doorway.json';
/** After so long another run of presses begins. */
const RUN_MS = 5_500;
const LOOK_MS = 100;
const DOORWAY = {
  line: [
    [0.4, 0],
    [0.4, 1],
  ],
  in_side: 'right-to-left',
};

/** What the page's own walls forbid, and what is said then. */
const WALLS: Readonly<Record<string, readonly [answer: string, ...probe: string[]]>> = {
  'opens no camera': ['ENOENT', 'open', '/dev/video0'],
  "does not see vision's state": ['EACCES', 'list', '/var/lib/lintel/state'],
  'does not see the spool': ['EACCES', 'list', '/var/lib/lintel/spool'],
  "does not see uplink's keys": ['EACCES', 'list', '/etc/lintel/keys'],
  'writes no settings': ['EROFS', 'write', '/etc/lintel', '1'],
  'leaves nothing where the stills are': ['EROFS', 'write', SHOWN, '1'],
  'opens no local socket': ['EAFNOSUPPORT', 'socket', '1'],
  'sees no process of another user': ['none', 'others'],
};

/** A camera that was just switched on, and watches. @param reboot switches the power off and on */
export function aiming(lintel: () => InstalledLintel, reboot: () => Promise<void>): void {
  const debian = () => lintel().debian;

  describe('five presses in the first minute after power-on', () => {
    it('have a page come up by itself, with stills that vision leaves in memory, the sign lit', async () => {
      await reboot();
      await aimed(debian());
      await using door = new DoorWatch(debian());
      await isServed(debian());
      const still = await asked(debian(), '/still.jpg');
      assert.deepEqual([still.status, still.type], [200, 'image/jpeg']);
      const { phase, sign, presses } = JSON.parse((await asked(debian(), '/api/status')).text);
      assert.deepEqual({ phase, sign }, { phase: 'watching', sign: 'lit' });
      assert.ok(presses >= 5);
      assert.equal((await asked(debian(), '/')).status, 200);
      assert.deepEqual(
        (await debian().must(['stat', '--format=%U:%G %a', SHOWN, `${SHOWN}/still.jpg`])).trim().split('\n'),
        ['lintel-vision:lintel-aiming 2750', 'lintel-vision:lintel-aiming 640'],
      );
      assert.deepEqual(door.seen, ['lit, sensor open']);
    });

    it('let a doorway be saved, by a service that root lends nothing but that', async () => {
      const before = await debian().read(SETTINGS);
      const saved = await asked(debian(), '/api/doorway', DOORWAY);
      assert.deepEqual([saved.status, saved.text], [200, '{"saved":true}']);
      const text = await debian().read(SETTINGS);
      assert.match(text, /^# The lobby\.$/m);
      assert.deepEqual({ ...parse(text), doorway: undefined }, { ...parse(before), doorway: undefined });
      assert.deepEqual(structuredClone(parse(text).doorway), DOORWAY);
      assert.equal(await debian().read(`${SETTINGS}.old`), before);
      assert.equal((await debian().must(['stat', '--format=%U:%G %a', SETTINGS])).trim(), 'root:lintel 640');
    });

    it('let nothing else be saved, whatever whoever holds the page leaves for that service', async () => {
      const before = await debian().read(SETTINGS);
      const broker = JSON.stringify({ broker: { url: 'mqtts://evil.example' } });
      const as = ['setpriv', '--reuid=lintel-aiming', '--regid=lintel-aiming', '--init-groups'];
      await debian().must([...as, 'sh', '-c', `echo '${broker}' >${PROPOSED}`]);
      await lintel().until(SAVE, 'Result', 'exit-code');
      await gone(debian(), PROPOSED);
      assert.match(await lintel().log(SAVE), /holds no doorway/);
      assert.equal(await debian().read(SETTINGS), before);
    });

    it('end with a press: sensor closed and sign dark, then page and stills gone', async () => {
      await using door = new DoorWatch(debian());
      await press(debian());
      await door.until('lit, sensor open', 'lit', 'dark');
      await isOver(lintel());
      assert.equal(await lintel().property(PAGE, 'Result'), 'success');
      await press(debian());
      await door.until('lit, sensor open');
    });

    for (const [says, [answer, ...probe]] of Object.entries(WALLS)) {
      it(`the page ${says}`, async () => {
        assert.deepEqual(await behindWalls(debian(), PAGE, [[PROBE, ...probe]]), [answer]);
      });
    }

    it('leave nothing when vision and its guard are killed meanwhile, and vision watches on without', async () => {
      await reboot();
      await aimed(debian());
      await isServed(debian());
      await using door = new DoorWatch(debian());
      const guard = await guardOf(debian());
      await debian().must(['kill', '-STOP', guard]);
      await debian().must(['kill', '-KILL', await lintel().property(VISION, 'MainPID'), guard]);
      await door.until('lit, sensor open', 'lit', 'dark');
      await isOver(lintel());
      await door.until('lit', 'lit, sensor open');
      assert.ok(!door.seen.includes('DARK, SENSOR OPEN'));
    });
  });
}

/** Presses five times until that was quick enough. */
async function aimed(debian: BootedDebian): Promise<void> {
  await using door = new DoorWatch(debian);
  for (;;) {
    await door.until('lit, sensor open');
    await press(debian, 5);
    for (let waitedMs = 0; waitedMs < RUN_MS; waitedMs += LOOK_MS) {
      if ((await readdir(debian.root + SHOWN)).includes('still.jpg')) return;
      await delay(LOOK_MS);
    }
    // What was too slow has opted out, or not.
    if (door.seen.at(-1) === 'dark') await press(debian);
  }
}

async function isServed(debian: BootedDebian): Promise<void> {
  while ((await asked(debian, '/')).text === 'ECONNREFUSED') await delay(LOOK_MS);
}

async function isOver(lintel: InstalledLintel): Promise<void> {
  await lintel.until(PAGE, 'ActiveState', 'inactive');
  assert.deepEqual(await readdir(lintel.debian.root + SHOWN), []);
  assert.equal((await asked(lintel.debian, '/')).text, 'ECONNREFUSED');
  assert.equal(await lintel.property('lintel-aiming.path', 'ActiveState'), 'active');
}

async function gone(debian: BootedDebian, path: string): Promise<void> {
  while ((await debian.run(['test', '-e', path])).status === 0) await delay(LOOK_MS);
}
