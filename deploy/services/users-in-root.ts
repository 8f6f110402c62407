import { spawnSync } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LintelError } from '../../src/lintel-error.ts';

/** Whether users and folders can be made in another root than this machine's: only root gives files away. */
export const CAN_MAKE_USERS =
  spawnSync('systemd-sysusers', ['--version']).status === 0 && process.getuid?.() === 0;

/** A root in which users and folders are made by files of this folder, as at an installation. */
export class UsersInRoot {
  readonly #root: string;
  #users = '';
  #groups = '';

  private constructor(root: string) {
    this.#root = root;
  }

  /**
   * @param names without their endings: first the users of all, then the folders of all
   * @throws LintelError HOST_TOOL
   */
  static async make(root: string, names: readonly string[]): Promise<UsersInRoot> {
    const file = (name: string, kind: string) => join(import.meta.dirname, `${name}.${kind}`);
    for (const name of names) run('systemd-sysusers', `--root=${root}`, file(name, 'sysusers'));
    for (const name of names) run('systemd-tmpfiles', '--create', `--root=${root}`, file(name, 'tmpfiles'));
    const made = new UsersInRoot(root);
    made.#users = await readFile(join(root, 'etc/passwd'), 'utf8');
    made.#groups = await readFile(join(root, 'etc/group'), 'utf8');
    return made;
  }

  user(name: string): number {
    return idIn(this.#users, name);
  }

  group(name: string): number {
    return idIn(this.#groups, name);
  }

  async owners(path: string): Promise<{ mode: string; uid: number; gid: number }> {
    const { mode, uid, gid } = await stat(join(this.#root, path));
    return { mode: (mode & 0o7777).toString(8), uid, gid };
  }
}

function idIn(file: string, name: string): number {
  return Number(new RegExp(`^${name}:[^:]*:([0-9]+):`, 'm').exec(file)?.[1]);
}

function run(program: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new LintelError('HOST_TOOL', `${program} failed: ${stderr}`);
}
