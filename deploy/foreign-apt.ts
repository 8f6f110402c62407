import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEBIAN_RELEASE, debianSources } from './debian-mirror.ts';
import { hostTool } from './host-tool.ts';

/** libcamera's simulated camera gives no bytes in the release's own 0.4. */
export const SIMULATED_CAMERA = `Package: src:libcamera\nPin: release n=${DEBIAN_RELEASE}-backports\nPin-Priority: 900\n`;

/**
 * Fetches packages of another Debian release and architecture with the host's own apt, its mirror, proxy and
 * signatures, and leaves the host's package state alone: state and cache are in `folder`.
 */
export class ForeignApt {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * @param preferences what is wanted newer than the release has it: apt_preferences(5)
   * @throws LintelError DEBIAN_MIRROR when the host's apt names no Debian mirror; HOST_TOOL
   */
  static async open(folder: string, architecture: string, preferences = ''): Promise<ForeignApt> {
    const sources = await debianSources();
    for (const part of ['state/lists/partial', 'archives/partial', 'no-preferences']) {
      await mkdir(join(folder, part), { recursive: true });
    }
    await writeFile(join(folder, 'status'), '');
    await writeFile(join(folder, 'preferences'), preferences);
    await writeFile(join(folder, 'sources.list'), `${sources.join('\n')}\n`);
    await writeFile(
      join(folder, 'apt.conf'),
      `APT { Architecture "${architecture}"; Architectures { "${architecture}"; }; Sandbox::User ""; };
       APT::Install-Recommends "false";
       Dir::State "${folder}/state"; Dir::State::status "${folder}/status"; Dir::Cache "${folder}";
       Dir::Etc { sourcelist "${folder}/sources.list"; sourceparts "/dev/null";
                  preferences "${folder}/preferences"; preferencesparts "${folder}/no-preferences"; };\n`,
    );
    const apt = new ForeignApt(folder);
    await apt.#apt('apt-get', ['update']);
    return apt;
  }

  /** @returns the package files of `names` and of everything that they depend on */
  async fetchWithDependencies(names: readonly string[]): Promise<string[]> {
    await this.#apt('apt-get', ['install', '--download-only', '--yes', ...names]);
    return packageFiles(join(this.#folder, 'archives'));
  }

  /** @returns the package files of `names` alone */
  async fetch(names: readonly string[]): Promise<string[]> {
    const before = await packageFiles(this.#folder);
    await this.#apt('apt-get', ['download', ...names]);
    return (await packageFiles(this.#folder)).filter((file) => !before.includes(file));
  }

  async names(prefix: string): Promise<string[]> {
    return (await this.#apt('apt-cache', ['pkgnames', prefix])).split('\n').filter((name) => name !== '');
  }

  #apt(program: string, args: readonly string[]): Promise<string> {
    return hostTool('env', [`APT_CONFIG=${join(this.#folder, 'apt.conf')}`, program, ...args], this.#folder);
  }
}

async function packageFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.filter((name) => name.endsWith('.deb')).map((name) => join(folder, name));
}

/** Puts what package files hold into `root`. No maintainer script is run. */
export async function unpack(files: readonly string[], root: string): Promise<void> {
  for (const file of files) await hostTool('dpkg-deb', ['--extract', file, root]);
}
