import { spawnSync } from 'node:child_process';

/** `LimitFSIZE` of the camera's service. */
export const MOST_FILE_BYTES = 65_536;

/**
 * The command in front of a program that has no network but an unconfigured loopback, and can write no file over
 * 64 KiB: what a camera's service manager does for `vision`.
 * @throws when this machine does not allow it
 */
export function sandbox(): string[] {
  for (const flags of [['--net'], ['--map-root-user', '--net']]) {
    const command = ['unshare', ...flags, 'prlimit', `--fsize=${MOST_FILE_BYTES}`];
    if (spawnSync(command[0]!, [...command.slice(1), 'true']).status === 0) return command;
  }
  throw new Error(
    'not run, because this machine allows no network namespace: run as root, or allow user namespaces ' +
      '(sysctl kernel.unprivileged_userns_clone=1), with unshare and prlimit (Debian: util-linux)',
  );
}
