import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { run, SetupError } from './child.mjs';

/** Each package with a command, or a file, that it brings. */
const BROUGHT = {
  chromium: 'chromium',
  ffmpeg: 'ffmpeg',
  fuse3: 'fusermount3',
  'g++': 'g++',
  'libfuse3-dev': '/usr/include/fuse3/fuse.h',
  make: 'make',
  mosquitto: 'mosquitto',
  openssl: 'openssl',
  'pkg-config': 'pkg-config',
  postgresql: 'pg_ctlcluster',
  python3: 'python3',
  tshark: 'tshark',
  'util-linux': 'unshare',
};
const INSTALL = ['install', '-y', '--no-install-recommends'];

export const DEBIAN_PACKAGES = Object.keys(BROUGHT);

export function hasDebianPackages() {
  return lacking().length === 0;
}

/** @throws {SetupError} with the command for another to run, if this is not root */
export async function installDebianPackages(env) {
  const names = lacking();
  if (!hasCommand('apt-get')) {
    throw new SetupError(`this is not Debian: install what its packages ${names.join(', ')} bring`);
  }
  const install = [...INSTALL, ...names];
  if (process.getuid() !== 0) {
    const command = `apt-get update && apt-get ${install.join(' ')}`;
    throw new SetupError(`run this, then try again:\n  sudo sh -c '${command}'`);
  }
  const options = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } };
  // The lists of packages may be missing, or so old that what they name is gone.
  await run('apt-get', install, options).catch(async () => {
    await run('apt-get', ['update'], options);
    await run('apt-get', install, options);
  });
}

function lacking() {
  return DEBIAN_PACKAGES.filter((name) => {
    const brought = BROUGHT[name];
    return isAbsolute(brought) ? !existsSync(brought) : !hasCommand(brought);
  });
}

function hasCommand(name) {
  // Daemons lie where only root looks by itself.
  return [...process.env.PATH.split(delimiter), '/usr/sbin', '/sbin'].some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
