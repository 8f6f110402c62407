import { LintelError } from '../src/lintel-error.ts';
import { hostTool } from './host-tool.ts';

/** What machines and images are made from. */
export const DEBIAN_RELEASE = 'trixie';
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * The lines by which apt finds that release and its backports: at the host's own mirror, with Debian's signatures.
 * @throws LintelError DEBIAN_MIRROR when the host's apt names no Debian mirror; HOST_TOOL
 */
export async function debianSources(): Promise<string[]> {
  const targets = await hostTool('apt-get', ['indextargets', '--format', '$(REPO_URI)', 'Label: Debian']);
  const [mirror] = targets.split('\n');
  if (!mirror) {
    throw new LintelError(
      'DEBIAN_MIRROR',
      "apt on this machine knows no Debian mirror: run 'apt-get update', and add one to its sources if that does not help",
    );
  }
  const suites = [DEBIAN_RELEASE, `${DEBIAN_RELEASE}-backports`];
  return suites.map((suite) => `deb [signed-by=${KEYRING}] ${mirror} ${suite} main`);
}
