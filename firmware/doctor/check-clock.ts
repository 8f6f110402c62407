import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Settings } from '../../src/config/settings.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

const MANIFEST = fileURLToPath(new URL('../../package.json', import.meta.url));
/** Between the clocks of who wrote a file and of who looks at it. */
const TOLERATED_MS = 300_000;

/** Windows, days, certificates and reports all go by this clock. */
export async function checkClock({ paths, site }: Settings, wallMs: number): Promise<Finding> {
  const now = `${new Date(wallMs).toLocaleString('sv-SE', { timeZone: site.timeZone, timeZoneName: 'short' })}`;
  const writtenMs = await newestMs(paths.state);
  if (Math.max(writtenMs, await timeOf(MANIFEST)) > wallMs + TOLERATED_MS) {
    const what = writtenMs > wallMs + TOLERATED_MS ? `what lies in ${paths.state}` : 'this program';
    return fail(
      'clock',
      `${now}, which is before ${what} was written: set the clock, or reach a time server`,
    );
  }
  const synchronised = await isSynchronised();
  if (synchronised === true) return ok('clock', `${now}, kept by a time server`);
  return warn(
    'clock',
    synchronised === false
      ? `${now}, not kept by a time server: let this machine reach one (systemd-timesyncd), or set it by hand`
      : `${now}; whether a time server keeps it is not known here: compare it with your own`,
  );
}

async function newestMs(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  return Math.max(0, ...(await Promise.all(names.map((name) => timeOf(`${folder}/${name}`)))));
}

function timeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}

/** @returns undefined where nobody can say */
async function isSynchronised(): Promise<boolean | undefined> {
  try {
    const args = ['show', '--property=NTPSynchronized', '--value'];
    const { stdout } = await promisify(execFile)('timedatectl', args, { timeout: 5_000 });
    return { yes: true, no: false }[stdout.trim()];
  } catch {
    return undefined;
  }
}
