import { stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Settings } from '../../src/config/settings.ts';
import { errorCode } from '../../src/disk/disk.ts';
import { NodeDisk } from '../../src/disk/node-disk.ts';
import { DeviceKey } from '../../src/identity/device-key.ts';
import { parseSpoolName } from '../../src/spool/spool-name.ts';
import { fingerprint } from '../../src/wire/fingerprint.ts';
import { type Finding, fail, found, type Item, ok, skipped, warn } from './finding.ts';

/** Of this length is what is written in order to see whether it can be; taken for nothing by either program. */
const PROBE = { name: 'doctor', bytes: 4_096 };
const MEGABYTE = 1e6;
const ROOM = { failBytes: 8 * MEGABYTE, warnBytes: 64 * MEGABYTE, files: 64 };
const DAY_SECONDS = 86_400;
const OLD_DAYS = 2;

const ADVICE: Readonly<Record<string, string>> = {
  EROFS:
    'lies on a disk that is mounted read-only: see the kernel’s log for errors, and renew the card if it is worn out',
  ENOSPC: 'lies on a disk that is full: make room there',
  EDQUOT: 'lies on a disk whose quota is used up: make room there',
};

export async function checkSpool({ paths: { spool } }: Settings, wallMs: number): Promise<Finding> {
  const trouble = await unwritable('spool', spool);
  if (trouble) return trouble;
  const waiting = (await new NodeDisk().list(spool)).map(parseSpoolName).filter((one) => one !== undefined);
  const oldest = Math.min(...waiting.map(({ windowStartSeconds }) => windowStartSeconds));
  const said = `${spool} takes a write; ${waiting.length === 1 ? '1 report waits' : `${waiting.length} reports wait`}`;
  const days = Math.floor((wallMs / 1_000 - oldest) / DAY_SECONDS);
  return days >= OLD_DAYS
    ? warn(
        'spool',
        `${said}, the oldest for ${days} days: see that uplink runs and the broker can be reached`,
      )
    : ok('spool', said);
}

export async function checkState({ paths: { state } }: Settings): Promise<Finding> {
  const trouble = await unwritable('state', state);
  if (trouble) return trouble;
  return found('state', async () => {
    try {
      const { publicKey } = await DeviceKey.read(state, new NodeDisk());
      return ok('state', `${state} takes a write; key ${fingerprint(publicKey)}`);
    } catch (error) {
      if (errorCode(error) !== 'DEVICE_KEY_MISSING') throw error;
      return warn('state', `${state} takes a write, and has no key yet: start vision once, which makes it`);
    }
  });
}

/** Room where the programs write. */
export async function checkDisk({ paths: { spool, state } }: Settings): Promise<Finding> {
  const disks = await Promise.all(
    [spool, state].map(async (folder) => {
      const { bavail, bsize, ffree, files } = await statfs(await existing(folder));
      return { folder, free: bavail * bsize, isOutOfFiles: files > 0 && ffree < ROOM.files };
    }),
  );
  const least = disks.reduce((one, other) => (other.free < one.free ? other : one));
  const said = `${(least.free / MEGABYTE).toFixed(0)} MB free where ${least.folder} lies`;
  const full = disks.find(({ isOutOfFiles }) => isOutOfFiles);
  if (full) return fail('disk', `hardly any file can be made where ${full.folder} lies: remove some there`);
  if (least.free < ROOM.failBytes) return fail('disk', `${said}: make room there`);
  if (least.free < ROOM.warnBytes) return warn('disk', `${said}: make room there before it is full`);
  return ok('disk', said);
}

async function unwritable(item: Item, folder: string): Promise<Finding | undefined> {
  const disk = new NodeDisk();
  const probe = join(folder, PROBE.name);
  try {
    await disk.write(probe, new Uint8Array(PROBE.bytes));
    return undefined;
  } catch (error) {
    const code = errorCode(error) ?? 'an error';
    if (code === 'ENOENT') return warn(item, `there is no ${folder} yet: start vision once, which makes it`);
    const owner = await stat(folder).then(
      ({ uid }) => uid,
      () => undefined,
    );
    if (code === 'EACCES' && owner !== process.geteuid?.()) {
      return skipped(item, `${folder} is not this user's to write to: run this as root`);
    }
    return fail(
      item,
      `${folder} ${ADVICE[code] ?? `takes no write (${code}): see its owner, mode and disk`}`,
    );
  } finally {
    await disk.remove(probe).catch(() => {});
  }
}

async function existing(folder: string): Promise<string> {
  return stat(folder).then(
    () => folder,
    () => existing(dirname(folder)),
  );
}
