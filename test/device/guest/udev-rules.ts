import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { before, describe } from 'node:test';
import { findSysfsChip } from '../../../firmware/gpio/sysfs-chip.ts';
import { SimChip } from '../sim/sim-chip.ts';

const RULES = join(import.meta.dirname, '../../../deploy/services/lintel.udev');
const POSTINST = join(import.meta.dirname, '../../../deploy/package/debian/postinst');
/** Where the package has it, among the rules. */
const PLACE = '/run/udev/rules.d/72-lintel.rules';
const GROUP = 990;
const LINE = 22;

// Debian's own rules, its service for devices and the kernel's devices: only the settings of the groups are ours.
describe('with the rules of the package', () => {
  let chip: SimChip;

  before(() => {
    run('/usr/lib/systemd/systemd-udevd', '--daemon');
    run('modprobe', 'vivid');
    chip = SimChip.plug();
    run('udevadm', 'settle');
    // Then it is installed.
    appendFileSync('/etc/group', `lintel-vision:x:${GROUP}:\n`);
    mkdirSync('/run/udev/rules.d', { recursive: true });
    copyFileSync(RULES, PLACE);
    const lines = readFileSync(POSTINST, 'utf8').match(/udevadm (?:\\\n|.)*/g)!;
    run('sh', '-ec', lines.join('\n'));
    run('udevadm', 'settle');
    return () => chip[Symbol.dispose]();
  });

  test('each device of camera and GPIO is for the group of vision alone, and for nobody who sits there', () => {
    const nodes = ['/dev/video0', '/dev/media0', '/dev/udmabuf', `/dev/${chip.name}`];
    for (const node of nodes) {
      const { uid, gid, mode } = statSync(node);
      assert.deepEqual({ node, uid, gid, mode: mode & 0o777 }, { node, uid: 0, gid: GROUP, mode: 0o660 });
      assert.doesNotMatch(run('udevadm', 'info', `--name=${node}`), /^E: CURRENT_TAGS=.*uaccess/m);
    }
  });

  test('lines of the GPIO in sysfs are theirs too, from when they are exported', () => {
    const number = findSysfsChip(chip.label).base + LINE;
    writeFileSync('/sys/class/gpio/export', String(number));
    run('udevadm', 'settle');
    const line = `/sys/class/gpio/gpio${number}`;
    for (const file of [
      '/sys/class/gpio/export',
      '/sys/class/gpio/unexport',
      `${line}/value`,
      `${line}/direction`,
    ]) {
      const { uid, gid, mode } = statSync(file);
      assert.deepEqual({ file, uid, gid, mode: mode & 0o777 }, { file, uid: 0, gid: GROUP, mode: 0o660 });
    }
  });
});

function run(program: string, ...args: string[]): string {
  return execFileSync(program, args, { encoding: 'utf8' });
}
