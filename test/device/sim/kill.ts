import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Ends a child as a crash would, and waits until it is gone. */
export async function kill(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
