import { readFile } from 'node:fs/promises';
import { errorCode } from '../../src/disk/disk.ts';
import { type Finding, fail, ok, skipped, warn } from './finding.ts';

const SERVICE = 'lintel-vision.service';
const MOST_FILE_BYTES = 65_536;

/** What the kernel says of a process, in /proc (proc_pid_status(5), proc_pid_limits(5), proc_pid_net(5)). */
interface Kept {
  readonly status: string;
  readonly limits: string;
  readonly interfaces: string;
}

/** What the service manager puts around `vision`, and how the kernel tells that it holds. */
const WALLS: Readonly<Record<string, (kept: Kept) => boolean>> = {
  'no network': ({ interfaces }) =>
    interfaces.split('\n').every((line) => !/:/.test(line) || /^\s*lo:/.test(line)),
  'no file over 64 KiB': ({ limits }) => limit(limits, 'Max file size') <= MOST_FILE_BYTES,
  'no core dump': ({ limits }) => limit(limits, 'Max core file size') === 0,
  'no new privileges': ({ status }) => /^NoNewPrivs:\s*1$/m.test(status),
  'system calls filtered': ({ status }) => /^Seccomp:\s*2$/m.test(status),
};

/**
 * Which walls hold for the running `vision`, or else for this process.
 * @param vision its number, if it runs
 */
export async function checkSandbox(vision: number | undefined): Promise<Finding> {
  const whose = vision === undefined ? 'this process' : `vision (process ${vision})`;
  const folder = `/proc/${vision ?? 'self'}`;
  const read = (name: string) => readFile(`${folder}/${name}`, 'utf8');
  try {
    const [status, limits, interfaces, group] = await Promise.all(
      ['status', 'limits', 'net/dev', 'cgroup'].map(read),
    );
    const kept = { status: status!, limits: limits!, interfaces: interfaces! };
    return judge(whose, kept, group!.includes(SERVICE));
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    return skipped('sandbox', `that of ${whose} cannot be seen (${code}): run this as root`);
  }
}

function judge(whose: string, kept: Kept, isService: boolean): Finding {
  const names = Object.keys(WALLS);
  const missing = names.filter((name) => !WALLS[name]!(kept));
  const standing = names.filter((name) => !missing.includes(name));
  const said = standing.length > 0 ? `${whose}: ${standing.join(', ')}` : whose;
  if (missing.length === 0) return ok('sandbox', said);
  if (isService) {
    const message = `${said}; NOT: ${missing.join(', ')}. Install ${SERVICE} again, and look for drop-ins (systemctl cat)`;
    return fail('sandbox', message);
  }
  return warn(
    'sandbox',
    `${said}; not under the service, so not: ${missing.join(', ')}. On a camera start ${SERVICE}`,
  );
}

function limit(limits: string, name: string): number {
  const [, soft] = new RegExp(`^${name}\\s+(\\S+)`, 'm').exec(limits) ?? [];
  return soft === undefined || soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft);
}
