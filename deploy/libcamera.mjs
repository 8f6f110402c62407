import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Older ones have another interface. */
const OLDEST = 4;

/**
 * Where libcamera is for a compiler.
 * @param {string} prefix '/usr', '/usr/local', or the `usr` of another machine's files
 * @returns undefined when its headers are not there, or are those of a release before 0.4
 */
export function findLibcamera(prefix) {
  const headers = join(prefix, 'include/libcamera');
  const version = join(headers, 'libcamera/version.h');
  const libraries = libraryFolder(join(prefix, 'lib'));
  if (!existsSync(version) || !libraries) return undefined;
  const text = readFileSync(version, 'utf8');
  const [major, minor] = ['MAJOR', 'MINOR'].map((part) =>
    Number(new RegExp(`LIBCAMERA_VERSION_${part}\\s+(\\d+)`).exec(text)?.[1]),
  );
  if (major === 0 && minor < OLDEST) return undefined;
  return { version, flags: ['-isystem', headers, `-L${libraries}`, '-lcamera', '-lcamera-base'] };
}

/** Debian has a folder for each architecture. */
function libraryFolder(folder) {
  if (!existsSync(folder)) return undefined;
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...folders.map(({ name }) => join(folder, name))].find((candidate) =>
    existsSync(join(candidate, 'libcamera.so')),
  );
}
