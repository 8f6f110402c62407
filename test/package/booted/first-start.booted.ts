import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stringify } from 'smol-toml';
import { DoorWatch } from './door-watch.ts';
import { IDENTITY, type InstalledLintel, SETTINGS, UPLINK, VISION } from './installed-lintel.ts';
import { makeCertificates } from './make-certificates.ts';

const FIRST_START = 'lintel-first-start.service';
const BLINK = 'lintel-blink.service';
const BOOT = '/boot/firmware/lintel';
const MISCONFIGURED = '78';
const MISSING = /site\.name: is missing; .*; missing too: site\.device, doorway\.line, doorway\.in_side\n/;
const KEYS = { ca: 'keys/ca.pem', certificate: 'keys/camera.pem', key: 'keys/camera.key' };

/** @param reboot switches the power off and on */
export function firstStart(lintel: () => InstalledLintel, reboot: () => Promise<void>): void {
  describe('a camera whose package was just installed', () => {
    it('watches and sends nothing, says what is missing, and is not started again and again', async () => {
      const { debian } = lintel();
      await using door = new DoorWatch(debian);
      for (const service of [VISION, UPLINK] as const) {
        await debian.run(['systemctl', 'start', service]);
        await lintel().until(service, 'ActiveState', 'failed');
        assert.equal(await lintel().property(service, 'ExecMainStatus'), MISCONFIGURED);
        assert.equal(await lintel().property(service, 'NRestarts'), '0');
        assert.match(await lintel().log(service), MISSING);
      }
      const doctor = await debian.run(['lintel', 'doctor', '--json', '--settings', SETTINGS]);
      const { findings } = JSON.parse(doctor.said);
      assert.match(`${findings[0].text}\n`, MISSING);
      assert.deepEqual([findings.length, findings[0].state, doctor.status], [1, 'fail', 1]);
      assert.deepEqual(door.seen, ['dark']);
    });

    it('switched on with settings and certificates on its boot partition, takes them, tells its key, and watches, though the first try is killed', async () => {
      const { debian } = lintel();
      const certificates = await makeCertificates();
      for (const [name, file] of Object.entries(KEYS)) {
        await debian.write(`${BOOT}/${file}`, certificates[name as keyof typeof KEYS]);
      }
      const broker = { url: 'mqtts://broker.example', ...KEYS };
      const settings = `# The lobby.\n${stringify({ ...lintel().settings('program'), broker })}`;
      await debian.write(`${BOOT}/lintel.toml`, settings);
      const killed = `[Service]\nExecStartPre=+/bin/sh -c '[ -e /run/tried ] || { touch /run/tried; kill -KILL $$$$; }'\n`;
      await debian.write(`/etc/systemd/system/${FIRST_START}.d/killed.conf`, killed);
      await reboot();

      const { debian: rebooted } = lintel();
      await using door = new DoorWatch(rebooted);
      await door.until('lit, sensor open');
      assert.equal(await rebooted.read(SETTINGS), settings);
      assert.deepEqual(await ownersOf(rebooted, SETTINGS, `/etc/lintel/${KEYS.key}`), [
        'root:lintel 640',
        'root:lintel-uplink 640',
      ]);
      assert.deepEqual((await rebooted.must(['ls', BOOT, `${BOOT}/keys`])).match(/^(lintel|camera)\S*$/gm), [
        'lintel.toml.installed',
        'camera.pem',
      ]);
      const identity = (await rebooted.must(['lintel', 'identity', '--settings', SETTINGS])).trim();
      const told = await lintel().log(IDENTITY);
      assert.ok(told.includes(identity), told);
      assert.match(told, /lintel\.toml can be used/);
      const [taken, begun] = await Promise.all([
        lintel().property(FIRST_START, 'ExecMainExitTimestampMonotonic'),
        lintel().property(VISION, 'ExecMainStartTimestampMonotonic'),
      ]);
      assert.ok(Number(taken) > 0 && Number(taken) < Number(begun), `${taken}, ${begun}`);
      assert.equal(await lintel().property(FIRST_START, 'NRestarts'), '1');
      assert.equal(await lintel().property(VISION, 'NRestarts'), '0');
      await rebooted.must(['rm', `/etc/systemd/system/${FIRST_START}.d/killed.conf`]);
    });

    it('blinks its key with the sign before anything watches, and leaves the sign dark when it is stopped', async () => {
      const { debian } = lintel();
      await debian.must(['systemctl', 'stop', VISION]);
      await using door = new DoorWatch(debian);
      await debian.write(`${BOOT}/blink`, '');
      await debian.must(['systemctl', 'start', '--no-block', BLINK]);
      await door.until('dark', 'lit', 'dark', 'lit', 'dark', 'lit');
      await debian.must(['systemctl', 'stop', BLINK]);
      assert.equal(door.seen.at(-1), 'dark');
      assert.deepEqual(new Set(door.seen), new Set(['dark', 'lit']));
      await debian.must(['rm', `${BOOT}/blink`]);
    });
  });
}

/** Each as USER:GROUP MODE. */
async function ownersOf(debian: InstalledLintel['debian'], ...files: string[]): Promise<string[]> {
  return (await debian.must(['stat', '--format=%U:%G %a', ...files])).trim().split('\n');
}
