import { basename, dirname, join, relative } from 'node:path';
import type { TlsFiles } from '../../src/broker/tls-identity.ts';
import { refusalToWatch } from '../../src/config/refusal-to-watch.ts';
import { parseSettings, type Settings } from '../../src/config/settings.ts';
import { type Disk, errorCode } from '../../src/disk/disk.ts';
import { LintelError } from '../../src/lintel-error.ts';

const SETTINGS = 'lintel.toml';
/** What is renamed to this was taken, and is not taken again. */
const TAKEN = '.installed';
const MAX_BYTES = 65_536;

export interface FirstStartParts {
  /** A folder that an installer has filled; its files have the places that they are to have beside the settings. */
  readonly from: string;
  /** The settings file to put in place. */
  readonly settings: string;
  readonly disk: Disk;
  /** Gives a file that is not in its place yet the owner and mode that it is to have there. */
  readonly own: (path: string, kind: 'settings' | 'keys') => Promise<void>;
  /** Removes a secret that is elsewhere by now. */
  readonly erase: (path: string) => Promise<void>;
  /** @throws LintelError when these do not belong together */
  readonly checkKeys: (files: TlsFiles) => Promise<void>;
  readonly say: (line: string) => void;
}

/** One file on its way. */
interface Move {
  readonly kind: 'settings' | 'keys';
  readonly to: string;
  readonly bytes: Uint8Array;
}

/**
 * Takes settings and broker certificates from a folder that an installer can write to, such as one on the boot partition.
 *
 * Invariants, held by `first-start.test.ts` at every step at which the power may go: nothing is changed before all was
 * checked and lies on the disk beside its place; the settings go last; the private key is erased from the folder only
 * when it is durable in its place; and what was cut short is done again by the next start, since the settings file is
 * renamed in the folder only at the very end.
 * @returns false when there was nothing to take
 * @throws LintelError of the settings and keys, and FIRST_START_IO; what was there before is then in use
 */
export async function firstStart(parts: FirstStartParts): Promise<boolean> {
  const { from, disk, say } = parts;
  const source = join(from, SETTINGS);
  const bytes = await readIfThere(disk, source);
  if (bytes === undefined) return false;
  const settings = parseSettings(Buffer.from(bytes).toString('utf8'), source);
  const refusal = refusalToWatch(settings);
  if (refusal) throw new LintelError(refusal.code, `${source}: ${refusal.message}`);
  const keys = await keysOf(parts, settings);
  const moves = [...keys.moves, { kind: 'settings' as const, to: parts.settings, bytes }];
  await putInPlace(parts, moves);
  for (const { to } of moves) say(`installed ${to}`);
  if (keys.secret !== undefined) {
    await leftBehind(keys.secret, () => parts.erase(keys.secret!));
    say(`erased the private key ${keys.secret}`);
  }
  await leftBehind(source, async () => {
    await disk.rename(source, `${source}${TAKEN}`);
    await disk.syncDirectory(from);
  });
  say(`${settings.site.name}/${settings.site.device} is set up; ${source} is now named ${SETTINGS}${TAKEN}`);
  return true;
}

/** Certificates and keys that lie in the folder; one that does not has to be in its place already. */
async function keysOf({ from, settings: target, disk, checkKeys }: FirstStartParts, { broker }: Settings) {
  const moves: Move[] = [];
  const files: { ca?: string; certificate?: string; key?: string } = {};
  let secret: string | undefined;
  for (const name of ['ca', 'certificate', 'key'] as const) {
    const named = broker[name];
    if (named === undefined) continue;
    const place = relative(named.startsWith(`${from}/`) ? from : dirname(target), named);
    if (!/^(keys\/)?[^/]+$/.test(place) || place.startsWith('..')) {
      throw new LintelError(
        'FIRST_START_FILE',
        `broker.${name}: ${named} is not beside the settings: put it in keys/ there, and name it like keys/${basename(named)}`,
      );
    }
    const source = join(from, place);
    const to = join(dirname(target), place);
    const bytes = await readIfThere(disk, source);
    if (bytes && name === 'key') secret = source;
    // What is erased may still be there as zeros, if the power was cut then.
    const isThere = bytes?.some((byte) => byte !== 0) ?? false;
    files[name] = isThere ? source : to;
    // One file may be both certificate and key.
    if (bytes && isThere && moves.every((move) => move.to !== to)) moves.push({ kind: 'keys', to, bytes });
  }
  await checkKeys(files);
  return { moves, secret };
}

async function putInPlace({ disk, own }: FirstStartParts, moves: readonly Move[]): Promise<void> {
  const beside = (to: string) => `${to}.new`;
  try {
    for (const { kind, to, bytes } of moves) {
      await disk.write(beside(to), bytes, 'nobody');
      await own(beside(to), kind);
    }
    for (const { to } of moves) {
      await disk.rename(beside(to), to);
      await disk.syncDirectory(dirname(to));
    }
  } catch (error) {
    for (const { to } of moves) await disk.remove(beside(to)).catch(() => {});
    throw ioError(`the files cannot be put beside ${moves.at(-1)!.to}`, error);
  }
}

async function leftBehind(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw ioError(`all is installed, but ${path} cannot be taken away: take it away by hand`, error);
  }
}

async function readIfThere(disk: Disk, path: string): Promise<Uint8Array | undefined> {
  try {
    return await disk.read(path, MAX_BYTES);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw ioError(`${path} cannot be read, or is no file of up to 64 KiB`, error);
  }
}

function ioError(what: string, error: unknown): LintelError {
  return new LintelError(
    'FIRST_START_IO',
    `${what} (${errorCode(error) ?? (error as Error).message})`,
    error,
  );
}
