import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { findSysfsChip } from '../../../firmware/gpio/sysfs-chip.ts';
import { distribution, figure, isTimed } from '../guest-report.ts';
import { GpioTrace } from '../sim/gpio-trace.ts';
import { SimChip } from '../sim/sim-chip.ts';
import { type PressSeen, pressAndComeBack } from '../vision/press-round.ts';
import { buttonOf, WatchedDoor } from '../vision/watched-door.ts';

const doors = 2;
/** At each door, and as many again to come back. */
const rounds = 125;
/** As many as a camera is asked for by default. */
const framesPerSecond = 10;
const frameMs = 1_000 / framesPerSecond;
/** A contact may bounce for so long: a level that was read again after it is a press. */
const debounceMs = 30;
/** In 99 of 100. */
const closedWithinMs = 150;

interface Round extends PressSeen {
  /** When `vision` read the level of the button that made it a press. */
  readonly seenMs: number;
}

const seen: Round[] = [];
const violations: string[] = [];

test(`${2 * doors * rounds} presses at ${doors} doors: each second one closes the sensor, each other one opens it`, async () => {
  using chip = SimChip.plug();
  const { base } = findSysfsChip(chip.label);
  const numbers = Array.from({ length: doors }, (_, place) => base + buttonOf(place));
  using trace = new GpioTrace('get', { numbers, level: 1 });
  await using stack = new AsyncDisposableStack();
  const watched: WatchedDoor[] = [];
  for (let place = 0; place < doors; place++) {
    const options = { place, framesPerSecond, pauseMs: 3 };
    const door = stack.use(await WatchedDoor.set(`/tmp/door-${place}`, chip, options));
    await door.open();
    watched.push(door);
  }
  const presses = await Promise.all(watched.map((door) => pressAgainAndAgain(door)));
  const reads = trace.levels();
  for (const [place, door] of watched.entries()) {
    const readMs = reads.filter(({ number }) => number === numbers[place]).map(({ atMs }) => atMs);
    seen.push(...presses[place]!.map((press) => ({ ...press, seenMs: whenSeen(press, readMs) })));
    violations.push(...door.observer.violations);
  }
  figure('presses', String(seen.reduce((sum, { presses }) => sum + presses, 0)));
  assert.deepEqual(violations, []);
});

test('after a press is seen no frame is shown but one that was under way', () => {
  const later = seen.map(({ framesMs, seenMs }) => framesMs.filter((ms) => ms > seenMs));
  figure(
    'press to last frame',
    distribution(seen.map(({ framesMs, pressedMs }) => last(framesMs, pressedMs) - pressedMs)),
  );
  figure(
    'press seen to last frame',
    distribution(seen.map(({ framesMs, seenMs }) => Math.max(0, last(framesMs, seenMs) - seenMs))),
  );
  assert.ok(seen.length > 0);
  assert.deepEqual(
    later.filter(({ length }) => length > 1),
    [],
  );
  if (isTimed) for (const { framesMs, seenMs } of seen) assert.ok(last(framesMs, seenMs) - seenMs <= frameMs);
});

test('each press that opts out closes the sensor', () => {
  const times = seen.map(({ closedMs, pressedMs }) => closedMs - pressedMs).toSorted((a, b) => a - b);
  figure('press to sensor closed', distribution(times));
  figure('press to sign dark', distribution(seen.map(({ darkMs, pressedMs }) => darkMs - pressedMs)));
  assert.equal(times.length, doors * rounds);
  if (isTimed) assert.ok(times[Math.ceil(0.99 * times.length) - 1]! <= closedWithinMs);
});

test('every opt-out is on the disk before the button is let go, and no frame comes after the sensor has closed', () => {
  assert.ok(seen.length > 0);
  assert.deepEqual(
    seen.filter(({ kept }) => !kept),
    [],
  );
});

async function pressAgainAndAgain(door: WatchedDoor): Promise<PressSeen[]> {
  const presses: PressSeen[] = [];
  for (let round = 0; round < rounds; round++) {
    // At any moment between two frames.
    await sleep(Math.random() * frameMs);
    presses.push(await pressAndComeBack(door));
  }
  return presses;
}

/** The first reading that can tell a press from a bounce. */
function whenSeen({ pressedMs }: PressSeen, readMs: readonly number[]): number {
  const first = readMs.find((ms) => ms >= pressedMs) ?? Number.NaN;
  return readMs.find((ms) => ms >= first + debounceMs) ?? Number.NaN;
}

function last(framesMs: readonly number[], otherwise: number): number {
  return framesMs.at(-1) ?? otherwise;
}
