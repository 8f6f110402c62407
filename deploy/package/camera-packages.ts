import { LintelError } from '../../src/lintel-error.ts';
import type { Target } from './target.ts';

/** What is used here of an entry in `package-lock.json`, version 3. */
export interface LockEntry {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

export interface Lock {
  readonly packages: Readonly<Record<string, LockEntry>>;
}

/** Asked for by packages that we take, and not there on a camera: they only install, only build, or only declare types. */
const LEFT_OUT: readonly RegExp[] = [/^@types\//, /^adm-zip$/, /^global-agent$/, /^nan$/];

/**
 * The part of the lock file that a camera gets: what our own dependencies lead to, and the Node of its kind. It is
 * walked as Node looks for packages, since the lock's own marks count what a developer's tool needs as well.
 * @throws LintelError LOCK_INCOMPLETE
 */
export function cameraLock<L extends Lock>(lock: L, target: Target): L {
  const { devDependencies: _, optionalDependencies, ...top } = lock.packages['']!;
  const node = `node-linux-${target.node}`;
  const { [node]: version } = optionalDependencies ?? {};
  if (version === undefined) throw new LintelError('LOCK_INCOMPLETE', `package-lock.json pins no ${node}`);
  // Optional, since npm refuses whatever else is for another machine than this one.
  const own = { ...top, dependencies: top.dependencies ?? {}, optionalDependencies: { [node]: version } };
  const packages: Record<string, LockEntry> = { '': own };
  const waiting = [...Object.keys(own.dependencies), node].map((name) => ({ name, from: '' }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const path = found(lock, next.name, next.from);
    if (packages[path]) continue;
    // What a package can do without it does without.
    const { optionalDependencies: _optional, ...entry } = lock.packages[path]!;
    const dependencies = withoutLeftOut(entry.dependencies ?? {});
    packages[path] = { ...entry, dependencies };
    waiting.push(...Object.keys(dependencies).map((name) => ({ name, from: path })));
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...lock, packages: Object.fromEntries(sorted) };
}

/** @param path as the lock file has it */
export function packageName(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

function withoutLeftOut(dependencies: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(dependencies).filter(([name]) => !LEFT_OUT.some((one) => one.test(name)));
  return Object.fromEntries(kept);
}

/** The nearest `node_modules` upwards that has it. */
function found({ packages }: Lock, name: string, from: string): string {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[path]) return path;
    if (folder === '') {
      throw new LintelError('LOCK_INCOMPLETE', `package-lock.json does not have ${name}: run 'npm install'`);
    }
  }
}
