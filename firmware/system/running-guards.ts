import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { LintelError } from '../../src/lintel-error.ts';
import type { GpioDriver } from '../gpio/open-gpio.ts';
import { RunningProcess } from './running-process.ts';

/** The lines that are to be low when nobody watches, and how they are reached. */
export interface GuardedLines {
  readonly driver: GpioDriver | 'simulated';
  readonly chip: string;
  readonly sign: number;
  readonly assist: number;
}

export const GUARD_PROGRAM = fileURLToPath(new URL('./guard-program.ts', import.meta.url));

/** How long a guard may take to end, once its `vision` has. */
const END_MS = 10_000;

/** What a guard is started with, and is told by. */
export function guardArgument({ driver, chip, sign, assist }: GuardedLines): string {
  return JSON.stringify({ driver, chip, sign, assist });
}

/** The program whose lines these are now, as far as this user may see it: its guard is started with its number. */
export function guardedProgram(lines: GuardedLines): RunningProcess | undefined {
  const argument = guardArgument(lines);
  // One may be left of a `vision` that is gone.
  const owners = RunningProcess.all().flatMap(({ command: [, program, guarded, , owner] }) =>
    program === GUARD_PROGRAM && guarded === argument && owner !== undefined
      ? RunningProcess.withId(owner)
      : [],
  );
  return owners.find(({ state }) => state === 'runs');
}

/**
 * Resolves when no guard of these lines is left, but those that began after `own`.
 * @throws LintelError GUARD_BUSY
 */
export async function guardsEnded(lines: GuardedLines, own?: RunningProcess): Promise<void> {
  const guards = guardsOf(lines).filter((guard) => own === undefined || guard.startedBefore(own));
  if (await allEnd(guards)) return;
  throw new LintelError(
    'GUARD_BUSY',
    'another vision, or what is left of it, holds these lines; end it first',
  );
}

/**
 * The same, but a guard that has outlived its `vision` for so long stands still, and is ended: what it was to do is then
 * the caller's.
 * @throws LintelError GUARD_BUSY
 */
export async function guardsEndedByForce(lines: GuardedLines): Promise<void> {
  const guards = guardsOf(lines);
  if (await allEnd(guards)) return;
  for (const guard of guards) {
    const [, , , , vision] = guard.command;
    if (vision !== undefined && RunningProcess.withId(vision).state === 'gone') guard.kill();
  }
  await guardsEnded(lines);
}

function guardsOf(lines: GuardedLines): RunningProcess[] {
  const argument = guardArgument(lines);
  return RunningProcess.others().filter(
    ({ command }) => command[1] === GUARD_PROGRAM && command[2] === argument,
  );
}

async function allEnd(guards: readonly RunningProcess[]): Promise<boolean> {
  const late = delay(END_MS, 'late', { ref: false });
  return (await Promise.race([Promise.all(guards.map((guard) => guard.ended())), late])) !== 'late';
}
