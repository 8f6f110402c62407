import { openSync, readdirSync, readlinkSync, readSync, statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { monotonicMs } from '../sim/line-observer.ts';
import type { DoorSamplerOrder, Sight } from './door-observer.ts';

const { lines, clip, view, frameBytes, pauseMs, control } = workerData as DoorSamplerOrder;
const character = new Uint8Array(1);
const one = '1'.charCodeAt(0);
const sign = openSync(lines.sign, 'r');
const sense = openSync(lines.sense, 'r');
const assist = openSync(lines.assist, 'r');
/** The descriptor with which the clip was found open last, and is most likely to be found again. */
let descriptor = '';
let last: Sight | undefined;

while (Atomics.load(control, 0) === 0) {
  const beganMs = monotonicMs();
  const sight: Sight = {
    sign: level(sign),
    sense: level(sense),
    assist: level(assist),
    sensorOpen: isOpen(Atomics.load(control, 1)),
    frames: framesShown(),
    beganMs,
  };
  const violation = last && broken(last, sight);
  if (violation || !last || isOther(last, sight)) parentPort!.postMessage({ ...sight, violation });
  last = sight;
  Atomics.wait(control, 0, 0, pauseMs);
}

/** What of promise P1 two looks in a row show to be broken, whatever happened between the readings. */
function broken(before: Sight, now: Sight): string | undefined {
  if (now.sensorOpen && now.sign === 0 && level(sign) === 0) return 'the sensor is open and the sign dark';
  if (now.sensorOpen && !before.sensorOpen && before.sense === 0 && now.sense === 0 && level(sense) === 0)
    return 'the sensor was opened and the sign not seen';
  if (
    now.frames > before.frames &&
    !before.sensorOpen &&
    !now.sensorOpen &&
    !isOpen(Atomics.load(control, 1))
  )
    return 'a frame was shown and the sensor is closed';
  return undefined;
}

function isOther(before: Sight, now: Sight): boolean {
  return (['sign', 'sense', 'assist', 'sensorOpen', 'frames'] as const).some(
    (key) => before[key] !== now[key],
  );
}

function level(file: number): 0 | 1 {
  readSync(file, character, 0, 1, 0);
  return character[0] === one ? 1 : 0;
}

/** Whether the process has the clip open, which stands for the sensor. */
function isOpen(pid: number): boolean {
  if (pid === 0) return false;
  if (descriptor !== '' && isClip(pid, descriptor)) return true;
  descriptor = descriptorsOf(pid).find((each) => isClip(pid, each)) ?? '';
  return descriptor !== '';
}

function isClip(pid: number, each: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/fd/${each}`) === clip;
  } catch {
    return false; // it was closed meanwhile, or the process is gone
  }
}

function descriptorsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`);
  } catch {
    return [];
  }
}

function framesShown(): number {
  const size = statSync(view, { throwIfNoEntry: false })?.size ?? 0;
  return Math.floor(size / frameBytes);
}
