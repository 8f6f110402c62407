import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hostTool } from '../host-tool.ts';

/** What is started of Debian's. Its packages' own defaults are not asked. */
const STARTED = ['systemd-networkd.service', 'systemd-resolved.service', 'systemd-timesyncd.service'];
/** Nobody can log in: there is no password. What Debian looks after now and then lies in a root that does not change. */
const MASKED = ['getty@.service', 'serial-getty@.service', 'console-getty.service', 'ldconfig.service'];
const UNITS = 'usr/lib/systemd/system';
/** Lie in the data partition, or below what is mounted there. */
const EMPTIED = ['var', 'tmp', 'boot'];
const PLACES = ['boot/firmware', 'data', 'dev', 'etc/lintel', 'proc', 'run', 'srv', 'sys', 'tmp', 'var'];

/**
 * Does in `root` what maintainer scripts do in others: users, folders, and what is started. Ours are given fixed numbers.
 * @throws LintelError HOST_TOOL
 */
export async function configureRoot(root: string): Promise<void> {
  await makeUsers(root);
  await hostTool('systemd-tmpfiles', [`--root=${root}`, '--create', 'lintel.conf', 'lintel-aiming.conf']);
  const systemctl = (verb: string, units: readonly string[]) =>
    hostTool('systemctl', [`--root=${root}`, '--quiet', verb, ...units]);
  await systemctl('enable', [...STARTED, ...(await ownUnits(root))]);
  await systemctl('mask', MASKED);
  await rm(join(root, 'etc/resolv.conf'), { force: true });
  await symlink('../run/systemd/resolve/stub-resolv.conf', join(root, 'etc/resolv.conf'));
  await symlink('../proc/self/mounts', join(root, 'etc/mtab'));
  await writeFile(join(root, 'etc/machine-id'), '');
}

/** As the root's own systemd would: the one of this machine may be too old to know users that are locked ('u!'). */
async function makeUsers(root: string): Promise<void> {
  const folder = join(root, 'usr/lib/sysusers.d');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.conf')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const lines = texts.flatMap((text) => text.replace(/^u!/gm, 'u').split('\n'));
  const file = join(root, 'tmp/users.conf');
  await writeFile(file, lines.join('\n'));
  await hostTool('systemd-sysusers', [`--root=${root}`, file]);
}

/** All of ours that say how they are started. */
async function ownUnits(root: string): Promise<string[]> {
  const names = (await readdir(join(root, UNITS))).filter((name) =>
    /^lintel-.*[.](service|path)$/.test(name),
  );
  const texts = await Promise.all(names.map((name) => readFile(join(root, UNITS, name), 'utf8')));
  return names.filter((_, at) => texts[at]!.includes('[Install]'));
}

/** Leaves of the root what is to be read only. */
export async function emptyRoot(root: string): Promise<void> {
  for (const name of EMPTIED) await rm(join(root, name), { recursive: true, force: true });
  for (const name of PLACES) await mkdir(join(root, name), { recursive: true });
}
