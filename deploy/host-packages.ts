import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { LintelError } from '../src/lintel-error.ts';
import { hostEnvironment, hostTool } from './host-tool.ts';

/**
 * Sees to it that the host has the programs that a test bed runs there: installs them when root.
 * @param packageOf each program, and the Debian package that has it
 * @throws LintelError HOST_PACKAGES with the line to run
 */
export async function requireHostPackages(
  packageOf: Readonly<Record<string, string>>,
  progress: (line: string) => void,
): Promise<void> {
  const missing = Object.entries(packageOf).flatMap(([program, name]) => (has(program) ? [] : [name]));
  if (missing.length === 0) return;
  const install = ['install', '--yes', '--no-install-recommends', ...missing];
  if (process.getuid?.() !== 0) {
    throw new LintelError('HOST_PACKAGES', `run this first: sudo apt-get ${install.join(' ')}`);
  }
  progress(`installing ${missing.join(' ')}`);
  await hostTool('apt-get', ['update']);
  await hostTool('apt-get', install);
}

function has(program: string): boolean {
  return hostEnvironment.PATH.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
