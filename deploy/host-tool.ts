import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { LintelError } from '../src/lintel-error.ts';

const run = promisify(execFile);
const mebibyte = 2 ** 20;

/** Debian keeps `depmod` and `mkfs.ext4` where only root looks by itself. */
export const hostEnvironment = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin`, LC_ALL: 'C' };

/**
 * Runs a program of the host to its end and gives back what it printed.
 * @throws LintelError HOST_TOOL with the last thing it said
 */
export async function hostTool(program: string, args: readonly string[], folder?: string): Promise<string> {
  try {
    const options = { cwd: folder, env: hostEnvironment, maxBuffer: 64 * mebibyte };
    return (await run(program, [...args], options)).stdout;
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim().split('\n').slice(-3).join(' | ');
    throw new LintelError(
      'HOST_TOOL',
      `${program} ${args.join(' ').slice(0, 120)} failed: ${said || error}`,
      error,
    );
  }
}
