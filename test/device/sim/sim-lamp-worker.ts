import { openSync, readSync, writeFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { LampOrder } from './sim-lamp.ts';

const { signFile, senseFile, state } = workerData as LampOrder;
const whole = 0;
const shorted = 2;
const reactionMs = 3;
const sign = openSync(signFile, 'r');
const character = Buffer.alloc(1);
let shown: boolean | undefined;

for (let now = 0; now >= 0; now = Atomics.load(state, 0)) {
  readSync(sign, character, 0, 1, 0);
  const lit = now === shorted || (now === whole && character.toString() === '1');
  if (lit !== shown) writeFileSync(senseFile, lit ? 'pull-up' : 'pull-down');
  if (shown === undefined) parentPort!.postMessage('wired');
  shown = lit;
  Atomics.wait(state, 0, now, reactionMs);
}
