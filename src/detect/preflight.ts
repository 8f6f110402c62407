import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { LintelError } from '../lintel-error.ts';
import type { ProfileName } from './profile.ts';

export interface PreflightOptions {
  readonly profile: ProfileName;
  readonly modelsDir: string;
}

/**
 * Opens the models and looks at one black frame in a process of its own, before the loop begins: a runtime that was
 * built for another processor dies of an illegal instruction, which no `catch` sees.
 * @throws LintelError MODEL_CRASHES, or MODEL_UNUSABLE with what the models' own check said
 */
export async function preflight(options: PreflightOptions): Promise<void> {
  const program = fileURLToPath(new URL('./preflight-child.ts', import.meta.url));
  const child = spawn(process.execPath, [program, options.profile, options.modelsDir], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said, [status, signal]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  if (signal) {
    throw new LintelError(
      'MODEL_CRASHES',
      `looking at a frame ended the process by ${signal}: this build of ONNX Runtime does not run on this processor`,
    );
  }
  if (status !== 0)
    throw new LintelError('MODEL_UNUSABLE', said.trim() || `the model's check ended with ${status}`);
}
