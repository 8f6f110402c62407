import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hostTool } from '../../deploy/host-tool.ts';
import { stageProgram } from '../../deploy/package/stage.ts';
import { targetFor } from '../../deploy/package/target.ts';

/** As on a Raspberry Pi 4. */
const PROCESSOR = 'cortex-a72';
/** What Debian's cross compiler brings: libc and libstdc++ for arm64. */
const LIBRARIES = '/usr/aarch64-linux-gnu';
/** ONNX Runtime asks the kernel for the processor's cores, and would be told of those of the machine that emulates. */
const CORES = '/sys/devices/system/cpu';

export interface Arm64Package {
  /** Where the program lies, as in /usr/lib/lintel. */
  readonly home: string;
  /** Runs the packaged Node, and in it what it is given. */
  readonly node: string;
}

/** Fills `folder` with what is in the package for arm64, and a program that runs its Node on this machine. */
export async function arm64Package(checkout: string, folder: string): Promise<Arm64Package> {
  const root = join(folder, 'root');
  await stageProgram(checkout, targetFor('arm64'), join(folder, 'npm'), root);
  const home = join(root, 'usr/lib/lintel');
  const node = join(folder, 'node-arm64');
  const emulated = `exec qemu-aarch64 -cpu ${PROCESSOR} -L ${LIBRARIES} "${home}/bin/node" "$@"`;
  const script = `mount -t tmpfs tmpfs ${CORES} && ${emulated}`;
  await writeFile(node, `#!/bin/sh\nexec unshare --mount sh -c '${script}' sh "$@"\n`);
  await chmod(node, 0o755);
  await hostTool(node, ['-e', 'if (process.arch !== "arm64") process.exit(1)']);
  return { home, node };
}
