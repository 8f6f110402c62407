import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { behindWalls } from './behind-walls.ts';
import {
  FIND,
  type InstalledLintel,
  PRIVATE,
  SERVICES,
  SETTINGS,
  UPLINK,
  VISION,
} from './installed-lintel.ts';
import { PROBE, type Wall, wallsOf } from './walls.ts';

const NEIGHBOUR = 'lintel-neighbour';
const MOST_EXPOSED = 1.5;
const LOOK_MS = 100;
/** Where each service that there is can write to, beside what is private to it. */
const WRITABLE = {
  [VISION]: ['/run/lintel-aim', '/run/lintel-vision', '/var/lib/lintel/spool', '/var/lib/lintel/state'],
  [UPLINK]: ['/run/lintel-uplink', '/var/lib/lintel/spool'],
  'lintel-aiming.service': ['/run/lintel-aiming'],
  // Root could write to the last one, but nothing can be made there.
  'lintel-aiming-save.service': ['/etc/lintel', '/dev/pts'],
  'lintel-first-start.service': ['/boot/firmware/lintel', '/etc/lintel', '/dev/pts'],
  'lintel-identity.service': ['/var/lib/lintel/state'],
  'lintel-blink.service': ['/var/lib/lintel/state'],
} as const;

/** Both services at work, and what each tries in vain. */
export function servicesAndWalls(lintel: () => InstalledLintel): void {
  describe('the two services', () => {
    const running: string[] = [];

    it('come up, and what vision counted is at the broker, signed by its key', async () => {
      await lintel().configure('recording');
      await lintel().restart();
      const { site, device, report, signedBy } = await lintel().nextReport();
      assert.deepEqual(
        { site, device, level: report.level },
        { site: 'house', device: 'door', level: 'window' },
      );
      const identity = ['lintel', 'identity', '--settings', '/etc/lintel/lintel.toml'];
      assert.ok((await lintel().debian.must(identity)).includes(signedBy));
      running.push(...(await mainPids(lintel())));
    });

    for (const [service, writable] of Object.entries(WRITABLE)) {
      it(`${service} is exposed by ${MOST_EXPOSED} at most`, async (test) => {
        const { said } = await lintel().debian.run(['systemd-analyze', 'security', service]);
        const [, exposure] = /Overall exposure level for \S+ ([0-9.]+)/.exec(said) ?? [];
        test.diagnostic(`systemd-analyze security ${service}: ${exposure}`);
        assert.ok(Number(exposure) <= MOST_EXPOSED, said);
      });

      it(`${service} can write to its own places alone`, async () => {
        const found = await behindWalls(lintel().debian, service, [FIND]);
        assert.deepEqual(found.sort(), [...writable, ...PRIVATE].sort());
      });
    }

    for (const service of SERVICES) {
      describe(`${service}, behind its walls,`, () => {
        let answers: string[];
        let free: string[];
        const walls = wallsOf(service, { pid: '', address: '' });

        it('tries what is done where there is no wall:', async () => {
          const own = wallsOf(service, await neighbourOf(lintel(), service));
          const commands = own.map(({ probe }) => [PROBE, ...probe]);
          answers = await behindWalls(lintel().debian, service, commands);
          free = [];
          for (const wall of own) free.push(await withoutWalls(lintel(), service, wall));
        });

        for (const [at, { says, answer }] of walls.entries()) {
          it(says, () =>
            assert.deepEqual({ behind: answers[at], free: free[at] }, { behind: answer, free: 'done' }),
          );
        }
      });
    }

    it('have walls that the doctor finds, and one that was taken down it names', async () => {
      const sandbox = async () => {
        const { said } = await lintel().debian.run(['lintel', 'doctor', '--json', '--settings', SETTINGS]);
        const { findings } = JSON.parse(said) as {
          findings: { item: string; state: string; text: string }[];
        };
        return findings.find(({ item }) => item === 'sandbox')!;
      };
      assert.equal((await sandbox()).state, 'ok');
      await lintel().dropIn(VISION, 'no-limit', '[Service]\nLimitFSIZE=infinity\n');
      await lintel().debian.must(['systemctl', 'restart', VISION]);
      const { state, text } = await sandbox();
      assert.equal(state, 'fail');
      assert.match(text, /NOT: no file over 64 KiB\. /);
      await lintel().dropIn(VISION, 'no-limit', '');
      await lintel().debian.must(['systemctl', 'restart', VISION]);
      running.splice(0, running.length, ...(await mainPids(lintel())));
    });

    it('vision reaches libcamera from behind its walls, and keeps the sensor closed when that finds none', async () => {
      await lintel().configure('libcamera');
      await lintel().debian.must(['systemctl', 'restart', VISION]);
      while (!/libcamera finds no camera/.test(await lintel().log(VISION))) await delay(LOOK_MS);
      assert.match(await lintel().log(VISION), /"camera":"native"/);
      await lintel().configure('recording');
      await lintel().debian.must(['systemctl', 'restart', VISION]);
      running.splice(0, running.length, ...(await mainPids(lintel())));
    });

    it('no other user sees the spool', async () => {
      const list = (user: string) => asUser(lintel(), user, ['list', '/var/lib/lintel/spool']);
      assert.equal(await list(NEIGHBOUR), 'EACCES');
      assert.equal(await list('lintel-uplink'), 'done');
    });

    it('work on after all that', async () => {
      await lintel().nextReport();
      assert.deepEqual(await mainPids(lintel()), running);
    });
  });
}

/** A process of the other service, and where its first pages are. */
async function neighbourOf(
  lintel: InstalledLintel,
  service: string,
): Promise<{ pid: string; address: string }> {
  const pid = await lintel.property(service === VISION ? UPLINK : VISION, 'MainPID');
  const [address] = (await lintel.debian.must(['cat', `/proc/${pid}/maps`])).split('-');
  return { pid, address: address! };
}

function mainPids(lintel: InstalledLintel): Promise<string[]> {
  return Promise.all(SERVICES.map((service) => lintel.property(service, 'MainPID')));
}

function withoutWalls(lintel: InstalledLintel, service: string, { probe, byUser }: Wall): Promise<string> {
  return asUser(lintel, byUser ? service.replace('.service', '') : 'root', probe);
}

async function asUser(lintel: InstalledLintel, user: string, probe: readonly string[]): Promise<string> {
  const as = ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups'];
  return (await lintel.debian.run([...as, PROBE, ...probe])).said.trim();
}
