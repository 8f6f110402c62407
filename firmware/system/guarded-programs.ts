import { setTimeout as delay } from 'node:timers/promises';
import { RunningProcess } from './running-process.ts';

/**
 * Stands in the environment of `vision`, and so of every program that it starts and of what those start in turn; its
 * value is `vision`'s id. A program that carries it is ended when `vision` ends.
 */
export const GUARD_MARK = 'LINTEL_GUARDED';

/** How long a program that is already leaving, and can no longer be asked whose it is, is waited for. */
const LEAVE_MS = 2_000;

/**
 * Ends every program that carries the mark; resolves when all are gone, and with them whatever they had open.
 * @param vision the id of the `vision` that started them, itself gone; without it, all that any such one has left
 */
export async function endGuardedPrograms(vision?: string): Promise<void> {
  const carriers = () =>
    RunningProcess.others().filter(({ environment }) => carriesMark(environment, vision));
  for (let found = carriers(); found.length > 0; found = carriers()) {
    for (const program of found) program.kill();
    await Promise.all(found.map((program) => program.ended()));
  }
  // A camera's program that ends because nobody reads its pictures any more may be among these.
  const leaving = RunningProcess.others().filter(({ state }) => state === 'leaves');
  await Promise.race([Promise.all(leaving.map((program) => program.ended())), delay(LEAVE_MS)]);
}

function carriesMark(environment: readonly string[], vision: string | undefined): boolean {
  if (vision !== undefined) return environment.includes(`${GUARD_MARK}=${vision}`);
  const mark = environment.find((entry) => entry.startsWith(`${GUARD_MARK}=`));
  return mark !== undefined && RunningProcess.withId(mark.slice(GUARD_MARK.length + 1)).state === 'gone';
}
