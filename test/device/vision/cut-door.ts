import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs } from '../sim/line-observer.ts';
import { SimChip } from '../sim/sim-chip.ts';
import { SETTLED_MS, WatchedDoor } from './watched-door.ts';

/**
 * A door whose files are on the disk that outlives the machine. `before`: the resident opts out, and then it waits for
 * the power cut. `after`: it is started again. Says each thing that happens as a line of its own.
 */
const say = (line: string) => process.stdout.write(`${line}\n`);
const folder = '/data/door';
mkdirSync(folder, { recursive: true });
using chip = SimChip.plug();
await using door = await WatchedDoor.set(folder, chip, { framesPerSecond: 10, pauseMs: 3 });

if (process.argv[2] === 'before') {
  const startedMs = monotonicMs();
  await door.open();
  say(`watching ${Math.round(monotonicMs() - startedMs)}`);
  door.press();
  await door.observer.until(({ assist }) => assist === 1);
  say('acknowledged');
  await new Promise(() => {});
} else {
  await door.start();
  // So long after the start that one that watches would have been seen to.
  await sleep(Number(process.argv[3]));
  const { sign, frames, sensorOpen } = door.observer.sight;
  say(sign === 0 && frames === 0 && !sensorOpen ? 'dark' : 'watching');
  door.press();
  await sleep(SETTLED_MS);
  door.release();
  await door.watching();
  say('came back');
  for (const violation of door.observer.violations) say(violation);
}
