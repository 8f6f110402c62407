import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { UplinkSettings } from '../../firmware/uplink.ts';

/** As `lintel run` has it: a program that was started before starts sooner. */
const COMPILE_CACHE = fileURLToPath(new URL('../../build/compile-cache', import.meta.url));
const UPLINK = new URL('../../firmware/uplink.ts', import.meta.url).href;

/** The uplink as the program that it is on a camera. */
export function startProgram(brokerUrl: string, spoolDir: string, more: Partial<UplinkSettings> = {}) {
  const settings: UplinkSettings = { brokerUrl, site: 'hall', device: 'front', spoolDir, ...more };
  const code = `import { runUplink } from '${UPLINK}'; process.exitCode = await runUplink(${JSON.stringify(settings)});`;
  const program = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE },
  });
  const lines: { msg: string; reason?: string }[] = [];
  const reader = createInterface(program.stdout).on('line', (line) => lines.push(JSON.parse(line)));
  const exited = once(program, 'exit');
  onTestFinished(() => void program.kill('SIGKILL'));
  return {
    pid: program.pid!,
    async said(msg: string) {
      while (!lines.some((line) => line.msg === msg)) await once(reader, 'line');
      return lines.find((line) => line.msg === msg)!;
    },
    async end(signal: NodeJS.Signals) {
      program.kill(signal);
      return (await exited)[0];
    },
  };
}
