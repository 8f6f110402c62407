import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hostTool } from '../../../deploy/host-tool.ts';
import { LintelError } from '../../../src/lintel-error.ts';

const release = 'trixie';
/** What is wanted newer than the release has it: libcamera's simulated camera gives no bytes in 0.4. */
const preferences = `Package: src:libcamera\nPin: release n=${release}-backports\nPin-Priority: 900\n`;
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * Fetches packages of another Debian release and architecture with the host's own apt, its mirror, proxy and
 * signatures, and leaves the host's package state alone: state and cache are in `folder`.
 */
export class ForeignApt {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** @throws LintelError DEBIAN_MIRROR when the host's apt names no Debian mirror; HOST_TOOL */
  static async open(folder: string, architecture: string): Promise<ForeignApt> {
    const mirror = await debianMirror();
    for (const part of ['state/lists/partial', 'archives/partial', 'no-preferences']) {
      await mkdir(join(folder, part), { recursive: true });
    }
    await writeFile(join(folder, 'status'), '');
    await writeFile(join(folder, 'preferences'), preferences);
    const source = (suite: string) => `deb [signed-by=${keyring}] ${mirror} ${suite} main\n`;
    await writeFile(join(folder, 'sources.list'), source(release) + source(`${release}-backports`));
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

async function debianMirror(): Promise<string> {
  const targets = await hostTool('apt-get', ['indextargets', '--format', '$(REPO_URI)', 'Label: Debian']);
  const [mirror] = targets.split('\n');
  if (mirror) return mirror;
  throw new LintelError(
    'DEBIAN_MIRROR',
    "apt on this machine knows no Debian mirror: run 'apt-get update', and add one to its sources if that does not help",
  );
}

async function packageFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.filter((name) => name.endsWith('.deb')).map((name) => join(folder, name));
}
