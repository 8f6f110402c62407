import { execFileSync } from 'node:child_process';
import { createReadStream, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs } from '../sim/line-observer.ts';
import { SimChip } from '../sim/sim-chip.ts';
import { SETTLED_MS, WatchedDoor } from './watched-door.ts';

/** How a door's `vision` is to end, and what is done before. */
export interface KillOrder {
  /** The button: left alone, pressed to opt out, or pressed a second time, to come back. */
  readonly press: 'none' | 'out' | 'back';
  /** From then until the kill. */
  readonly afterMs: number;
}

/** What was seen of it from outside. */
export interface KillSeen {
  readonly violations: readonly string[];
  readonly atKill: 'dark' | 'lit' | 'open';
  readonly killToDarkMs: number;
  /** The assist line had called before the kill, and no second press had come. */
  readonly acknowledged: boolean;
  readonly keptOptOut: boolean;
}

/** Named pipes, to the doors that wait in the machine. Orders and answers are arrays, one for each door. */
export const ORDERS = '/tmp/orders';
export const ANSWERS = '/tmp/answers';
export const DOORS = 3;

/** Begins an answer that is none. */
export const FAILED = 'failed: ';

if (import.meta.main)
  await serve().catch((error) => writeFileSync(ANSWERS, `${FAILED}${String(error).replaceAll('\n', ' ')}\n`));

async function serve(): Promise<void> {
  execFileSync('mkfifo', [ORDERS, ANSWERS]);
  const chip = SimChip.plug();
  const set = (place: number) =>
    WatchedDoor.set(`/tmp/door-${place}`, chip, { place, framesPerSecond: 5, pauseMs: 5 });
  const doors = await Promise.all(Array.from({ length: DOORS }, (_, place) => set(place)));
  // One after another: one that is kept waiting too long for a processor counts as hanging, to its guard.
  for (const door of doors) await door.open();
  writeFileSync(ANSWERS, 'watching\n');
  // Opened for both, so that it does not end with the first order.
  for await (const line of createInterface({ input: createReadStream(ORDERS, { flags: 'r+' }) })) {
    const orders: KillOrder[] = JSON.parse(line);
    const seen = await Promise.all(orders.map((order, place) => carryOut(doors[place]!, order)));
    writeFileSync(ANSWERS, `${JSON.stringify(seen)}\n`);
  }
}

async function carryOut(door: WatchedDoor, { press, afterMs }: KillOrder): Promise<KillSeen> {
  if (press !== 'none') {
    door.press();
    if (press === 'back') await comeBack(door);
  }
  await sleep(afterMs);
  const { sign, sensorOpen, assist } = door.observer.sight;
  const killedMs = monotonicMs();
  await door.kill();
  const dark = await door.observer.until((sight) => sight.sign === 0 && sight.assist === 0);
  return {
    violations: door.observer.violations,
    atKill: sensorOpen ? 'open' : sign === 1 ? 'lit' : 'dark',
    killToDarkMs: Math.max(0, dark.beganMs - killedMs),
    acknowledged: press === 'out' && assist === 1,
    keptOptOut: door.keptOptOut,
  };
}

async function comeBack(door: WatchedDoor): Promise<void> {
  await door.observer.until(({ sign }) => sign === 0);
  await sleep(SETTLED_MS);
  door.release();
  await sleep(SETTLED_MS);
  door.press();
  await sleep(SETTLED_MS);
  door.release();
}
