import { expect, it } from 'vitest';
import { AIM_FILES } from '../../src/aiming/aim-folder.ts';
import { decodeStatus } from '../../src/aiming/shown-aiming.ts';
import { systemError } from '../../src/disk/disk.ts';
import { Door, type DoorOptions } from '../vision-rig/door.ts';
import { reportsIn } from '../vision-rig/reports-in.ts';

const MINUTE_MS = 60_000;
const AIMING_MS = 15 * MINUTE_MS;
const NO_LUCK = { keepsName: () => false, keptBytes: () => 0 };

async function press(door: Door, times = 1, holdMs = 150): Promise<void> {
  for (let time = 0; time < times; time++) {
    door.board.press();
    await door.clock.advance(holdMs);
    door.board.release();
    await door.clock.advance(300);
  }
}

async function aimedDoor(options: DoorOptions = {}): Promise<Door> {
  const door = new Door(options);
  await door.watch();
  await press(door, 5);
  await door.clock.advance(1_000);
  return door;
}

const stills = (door: Door) =>
  door.seen.filter((seen) => seen.what === 'still' && seen.shown).map(({ atMs }) => atMs);
const files = (door: Door) => door.memory.list('/run/aim');
const still = (door: Door) => door.memory.read(`/run/aim/${AIM_FILES.still}`, 1e6);
const status = async (door: Door) =>
  decodeStatus(await door.memory.read(`/run/aim/${AIM_FILES.status}`, 4_096));

it('five short presses have a still shown twice a second, with the sign lit, and how the door is', async () => {
  const door = await aimedDoor();
  const begin = stills(door).length;
  await door.clock.advance(10_000);
  expect(stills(door).length - begin).toBeGreaterThanOrEqual(18);
  expect(stills(door).length - begin).toBeLessThanOrEqual(20);
  expect(door.board.level('sign')).toBe(1);
  expect(await status(door)).toMatchObject({
    phase: 'watching',
    sign: 'lit',
    sense: 'lit',
    senseWired: true,
    button: 'up',
    presses: 5,
    coveredWhole: false,
    endsInSeconds: expect.closeTo(AIMING_MS / 1_000 - 11, -1),
  });
});

it('nothing is shown before, nor by four presses, nor by five after the first minute', async () => {
  const door = new Door();
  await door.watch();
  await press(door, 4);
  await door.clock.advance(MINUTE_MS);
  await press(door, 5);
  await door.clock.advance(10_000);
  expect(stills(door)).toEqual([]);
  expect(await files(door)).toEqual([]);
});

it('nothing is shown where a resident had opted out before the power came on, however the button is pressed', async () => {
  const door = new Door();
  await door.watch();
  await press(door);
  await door.cutPower(NO_LUCK);
  door.start();
  await door.clock.advance(1_000);
  for (let tries = 0; tries < 5; tries++) {
    await press(door, 5);
    await door.clock.advance(5_500);
  }
  expect(stills(door)).toEqual([]);
});

it('a press ends it at once, opts out for good, and leaves nothing', async () => {
  const door = await aimedDoor();
  const before = stills(door).length;
  expect(before).toBeGreaterThan(0);
  door.board.press();
  await door.clock.advance(100);
  expect(await files(door)).toEqual([AIM_FILES.status]);
  expect(await status(door)).toMatchObject({ ended: 'pressed', presses: 6, still: 0 });
  await door.clock.advance(5_000);
  expect(await files(door)).toEqual([]);
  await door.cutPower(NO_LUCK);
  door.start();
  await door.clock.advance(5_000);
  expect(door.vision.state).toMatchObject({ phase: 'optedOut', aiming: false });
  expect(stills(door)).toHaveLength(before);
});

it('a still that is still being made when aiming ends is not shown', async () => {
  const door = await aimedDoor({ encodeMs: 400 });
  const before = stills(door).length;
  while (stills(door).length === before) await door.clock.advance(10);
  // By now the next one is being made.
  await door.clock.advance(300);
  door.board.press();
  await door.clock.advance(1_500);
  expect(stills(door)).toHaveLength(before + 1);
  expect(await files(door)).toEqual([AIM_FILES.status]);
});

it('after a quarter of an hour it is over: the camera watches on and counts, which it did not meanwhile', async () => {
  const door = await aimedDoor({ windowSeconds: 60 });
  const before = door.clock.monotonicMs();
  await door.clock.advance(AIMING_MS - 2_000);
  expect((await status(door))?.ended).toBeUndefined();
  await door.clock.advance(2_000);
  expect(await status(door)).toMatchObject({ ended: 'time' });
  const shown = stills(door).length;
  await door.clock.advance(5 * MINUTE_MS);
  expect(stills(door)).toHaveLength(shown);
  expect(await files(door)).toEqual([]);
  expect(door.vision.state.phase).toBe('watching');
  const coverage = await reportsIn(door);
  const aimed = coverage.filter(({ atMs }) => atMs > before && atMs + MINUTE_MS < before + AIMING_MS - 3_000);
  expect(aimed.length).toBeGreaterThan(10);
  expect(new Set(aimed.map(({ coveragePercent }) => coveragePercent))).toEqual(new Set([0]));
  expect(coverage.at(-1)!.coveragePercent).toBe(100);
});

it('a frame of which nothing is known is shown covered whole', async () => {
  const detector = {
    detect: () => Promise.reject(new Error('no answer')),
    forget: () => {},
    close: async () => {},
  };
  const door = await aimedDoor({ detector: () => detector });
  expect(await status(door)).toMatchObject({ coveredWhole: true });
  expect(new Set(await still(door)).size).toBe(1);
});

it('nothing is left when the program is stopped, nor when it is killed', async () => {
  const stopped = await aimedDoor();
  const ended = stopped.end();
  await stopped.clock.advance(5_000);
  await ended;
  expect(await files(stopped)).toEqual([]);
  const killed = await aimedDoor();
  await killed.kill();
  expect(await files(killed)).toEqual([]);
});

it('a memory that is full shows nothing, is told of, and keeps nothing else from going on', async () => {
  const door = await aimedDoor();
  const { onStep } = door.memory;
  door.memory.onStep = (step, path) => {
    if (step === 'fill') throw systemError('ENOSPC', path);
    onStep(step, path);
  };
  const shown = stills(door).length;
  await door.clock.advance(3_000);
  expect(stills(door)).toHaveLength(shown);
  expect(door.troubles).toContainEqual({
    where: 'aiming',
    error: expect.objectContaining({ code: 'ENOSPC' }),
  });
  door.memory.onStep = onStep;
  await door.clock.advance(3_000);
  expect(stills(door).length).toBeGreaterThan(shown);
});
