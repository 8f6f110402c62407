import { LintelError } from '../../src/lintel-error.ts';
import { hostTool } from '../host-tool.ts';

/** What a package is made from. */
export interface Commit {
  readonly hash: string;
  readonly timeSeconds: number;
  /** Files that were changed since, or that git does not know yet, are packaged too, and the version says so. */
  readonly isChanged: boolean;
  readonly isRelease: boolean;
}

/** What of the repository gets into a package. */
export const PACKAGED = ['firmware', 'src', 'models/catalogue.json', 'package.json', 'deploy', 'LICENSE'];

/** @throws LintelError NO_COMMIT */
export async function commitOf(checkout: string, version: string): Promise<Commit> {
  const git = (...args: string[]) => hostTool('git', args, checkout);
  try {
    const [hash, time] = (await git('log', '-1', '--format=%H %ct')).trim().split(' ');
    const changed = await git('status', '--porcelain', '--', ...PACKAGED, 'package-lock.json');
    const tags = (await git('tag', '--points-at', 'HEAD')).split('\n');
    return {
      hash: hash!,
      timeSeconds: Number(time),
      isChanged: changed !== '',
      isRelease: tags.includes(`v${version}`),
    };
  } catch (error) {
    throw new LintelError('NO_COMMIT', 'a package is made from a commit: run this in a clone by git', error);
  }
}

/** Grows from commit to commit, and stays under that of the release that they lead to (deb-version(7)). */
export function debianVersion(version: string, { hash, timeSeconds, isChanged, isRelease }: Commit): string {
  const time = new Date(timeSeconds * 1_000).toISOString().replace(/[-:T]|[.].*/g, '');
  const at = isRelease ? '' : `~${time}.${hash.slice(0, 8)}`;
  return `${version}${at}${isChanged ? '+changed' : ''}`;
}
