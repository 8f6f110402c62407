import { describe, expect, it } from 'vitest';
import { Door, type DoorOptions } from '../vision-rig/door.ts';

async function watching(options: DoorOptions = {}): Promise<Door> {
  const door = new Door({ framesPerSecond: 10, ...options });
  await door.watch();
  return door;
}

/** How many frames the sensor took, the loop looked at, and the ring dropped, in `seconds`. */
async function inSeconds(door: Door, seconds: number) {
  const { dropped } = door.vision.ring;
  const from = door.seen.length;
  await door.clock.advance(1_000 * seconds);
  const seen = door.seen.slice(from);
  return {
    taken: seen.filter((one) => one.what === 'sensor' && one.did === 'took a frame').length / seconds,
    lookedAt: seen.filter((one) => one.what === 'frame' && one.was === 'looked at').length / seconds,
    dropped: door.vision.ring.dropped - dropped,
  };
}

describe('a loop that cannot keep the rate of its camera', () => {
  it('lowers it, and then drops nothing', async () => {
    const door = await watching();
    door.detectMs = 160;
    await inSeconds(door, 5);
    expect(door.vision.rate.loweredTo).toBeCloseTo(4.096);
    expect(new Set(door.loweredFor)).toEqual(new Set(['load']));
    const { taken, lookedAt, dropped } = await inSeconds(door, 100);
    expect(taken).toBeCloseTo(10, 1);
    expect(lookedAt).toBeCloseTo(4.096, 1);
    expect(dropped).toBe(0);
  });

  it('has a sensor that can do so take fewer frames', async () => {
    const door = await watching({ takesRate: true });
    door.detectMs = 160;
    await inSeconds(door, 5);
    const { taken, lookedAt, dropped } = await inSeconds(door, 100);
    expect(taken).toBeCloseTo(4.096, 1);
    expect(lookedAt).toBeCloseTo(4.096, 1);
    expect(dropped).toBe(0);
  });

  it('raises it again when there is room', async () => {
    for (const takesRate of [false, true]) {
      const door = await watching({ takesRate });
      door.detectMs = 160;
      await inSeconds(door, 5);
      door.detectMs = 20;
      await inSeconds(door, 60);
      expect(door.vision.rate.loweredTo).toBeUndefined();
      expect(await inSeconds(door, 10)).toEqual({ taken: 10, lookedAt: 10, dropped: 0 });
    }
  });

  it('keeps to the lowered rate after an opt-out', async () => {
    const door = await watching({ takesRate: true });
    door.detectMs = 160;
    await inSeconds(door, 5);
    for (let times = 0; times < 2; times++) {
      door.board.press();
      await door.clock.advance(200);
      door.board.release();
      await door.clock.advance(1_000);
    }
    expect(door.vision.state.phase).toBe('watching');
    expect((await inSeconds(door, 100)).lookedAt).toBeCloseTo(4.096, 1);
  });
});

it('a hot processor is given less to do, and all of it again once it has cooled', async () => {
  const door = await watching();
  door.celsius = 83;
  await inSeconds(door, 65);
  expect(door.vision.rate.loweredTo).toBeCloseTo(6.4);
  expect(new Set(door.loweredFor)).toEqual(new Set(['heat']));
  door.celsius = 60;
  await inSeconds(door, 60);
  expect(door.vision.rate.loweredTo).toBeUndefined();
});
