import { describe, expect, it } from 'vitest';
import { systemError } from '../../src/disk/disk.ts';
import { Outbox } from '../../src/spool/outbox.ts';
import { decodeReport } from '../../src/wire/report-codec.ts';
import { Door, type DoorOptions } from '../vision-rig/door.ts';
import type { Happening } from '../vision-rig/happening.ts';

const SAVED_MS = 20;
/** From a level on the line until it counts. */
const NOTICED_MS = 40;
const RETRY_MS = 10_000;
const MIDNIGHT = Date.UTC(2026, 0, 2);
const NO_LUCK = { keepsName: () => false, keptBytes: () => 0 };

async function watching(options?: DoorOptions): Promise<Door> {
  const door = new Door(options);
  await door.watch();
  expect(door.vision.state.phase).toBe('watching');
  return door;
}

async function press(door: Door, holdMs = 200): Promise<void> {
  door.board.press();
  await door.clock.advance(holdMs);
  door.board.release();
  await door.clock.advance(100);
}

async function stop(door: Door): Promise<void> {
  void door.end();
  while (door.runs) await door.clock.advance(1);
}

const isFrame = ({ what }: Happening): boolean => what === 'frame';
const shown = (door: Door): number =>
  door.seen.filter((seen) => seen.what === 'frame' && seen.was === 'shown').length;
const indexOf = (door: Door, find: Partial<Record<string, unknown>>, from = 0): number =>
  door.seen.findIndex(
    (seen, index) =>
      index >= from && Object.entries(find).every(([key, value]) => (seen as never)[key] === value),
  );

/** What happened from `from` on, in few words, frames left out. */
function story(door: Door, from = 0): string[] {
  return door.seen.slice(from).flatMap((seen) => {
    if (seen.what === 'level') return `${seen.line} ${seen.level}`;
    if (seen.what === 'sensor' && seen.did !== 'took a frame') return `sensor ${seen.did}`;
    return [];
  });
}

/** How many frames were shown in the next second. */
async function shownInASecond(door: Door): Promise<number> {
  const before = shown(door);
  await door.clock.advance(1_000);
  return shown(door) - before;
}

async function reports(door: Door) {
  const outbox = await Outbox.open('/spool', door.disk);
  const windows = await outbox.list();
  return Promise.all(windows.map(async (window) => decodeReport((await outbox.read(window))!)));
}

describe('a camera that starts', () => {
  it('lights the sign, sees it lit, and only then opens the sensor', async () => {
    const door = new Door();
    door.board.lampMs = 120;
    await door.watch();
    expect(story(door)).toEqual(['sign 1', 'sense 1', 'sensor opened']);
    expect(indexOf(door, { what: 'frame' })).toBeGreaterThan(indexOf(door, { did: 'opened' }));
    expect(await shownInASecond(door)).toBe(20);
  });

  it('honours a press while the detector is still being loaded', async () => {
    const door = new Door({ loadMs: 3_000 });
    door.start();
    await door.clock.advance(1_000);
    await press(door);
    await door.clock.advance(60_000);
    expect(door.seen.some(isFrame)).toBe(false);
    expect(story(door)).toEqual(['button 1', 'assist 1', 'button 0', 'assist 0']);
  });

  it('honours a press while the sign is being lit, and while the sensor is being opened', async () => {
    for (const pressAtMs of [60, 160, 260]) {
      const door = new Door();
      door.board.lampMs = 150;
      door.cameraFaults.openMs = 150;
      door.start();
      await door.clock.advance(pressAtMs);
      await press(door);
      await door.clock.advance(60_000);
      expect(door.seen.some(isFrame)).toBe(false);
      expect([door.board.level('sign'), door.vision.state.phase]).toEqual([0, 'optedOut']);
    }
  });

  it('takes a button that is down from the beginning for an opt-out, never for a return', async () => {
    const door = await watching();
    door.board.press();
    await door.clock.advance(500);
    await door.kill();
    await door.clock.advance(500);
    await door.watch();
    door.board.release();
    await door.clock.advance(60_000);
    expect(door.vision.state.phase).toBe('optedOut');
  });
});

describe('a press of the button', () => {
  it('ends all work on frames at once; the sensor closes, the choice is kept, the sign goes dark, the other way in is called', async () => {
    const door = await watching({ detectMs: 30 });
    const from = door.seen.length;
    door.board.press();
    await door.clock.advance(NOTICED_MS);
    const told = indexOf(door, { did: 'was told to close' }, from);
    expect(told).toBeGreaterThan(from);
    await door.clock.advance(5_000);
    expect(door.seen.slice(told).some(isFrame)).toBe(false);
    expect(story(door, from)).toEqual([
      'button 1',
      'sensor was told to close',
      'sensor closed',
      'sign 0',
      'sense 0',
      'assist 1',
      'assist 0',
    ]);
  });

  it('leaves no pixel in any slot from the moment on at which the sensor is closed, whatever the loop was doing', async () => {
    for (const detectMs of [0, 20, 45, 170]) {
      const door = await watching({ detectMs });
      const { ring } = door.vision;
      door.board.press();
      while (indexOf(door, { did: 'closed' }) === -1) await door.clock.advance(1);
      expect(new Uint8Array(ring.memory).every((byte) => byte === 0)).toBe(true);
    }
  });

  it('leaves no pixel in any slot of what a slow sensor took while it closed', async () => {
    const door = await watching({ detectMs: 20 });
    door.cameraFaults.closeMs = 120;
    await press(door);
    await door.clock.advance(500);
    expect(new Uint8Array(door.vision.ring.memory).every((byte) => byte === 0)).toBe(true);
  });

  it('holds over a kill and over a power cut from the moment on at which the sign goes dark', async () => {
    for (const end of [(door: Door) => door.kill(), (door: Door) => door.cutPower(NO_LUCK)]) {
      const door = await watching();
      door.board.press();
      while (door.board.level('sign') === 1) await door.clock.advance(1);
      await end(door);
      door.board.release();
      const from = door.seen.length;
      await door.watch();
      await door.clock.advance(60_000);
      expect(door.seen.slice(from).some(isFrame)).toBe(false);
      expect(door.board.level('sign')).toBe(0);
    }
  });

  it('is followed by another one that lets the camera watch again, over a power cut too', async () => {
    const door = await watching();
    await press(door);
    await press(door);
    expect(await shownInASecond(door)).toBeGreaterThan(10);
    await door.cutPower(NO_LUCK);
    await door.watch();
    expect(await shownInASecond(door)).toBe(20);
  });

  it('is honoured while a fault rests', async () => {
    const door = await watching();
    door.board.setLamp('dead');
    await door.clock.advance(1_000);
    expect(door.vision.state.fault).toBe('signDark');
    await press(door);
    expect(story(door).slice(-3)).toEqual(['button 1', 'assist 1', 'button 0']);
    door.board.setLamp('whole');
    await door.clock.advance(60_000);
    expect(door.vision.state).toMatchObject({ phase: 'optedOut', fault: undefined });
  });

  it('that does not end counts as an opt-out, and so does what comes after it', async () => {
    const door = await watching();
    await press(door, 60_000);
    await door.clock.advance(60_000);
    expect(await shownInASecond(door)).toBe(0);
    await press(door);
    expect(await shownInASecond(door)).toBeGreaterThan(10);
  });
});

describe('the sign', () => {
  it('that is lost from sight closes the sensor within 100 ms, whenever that is', async () => {
    for (let afterMs = 0; afterMs < 60; afterMs += 7) {
      const door = await watching();
      await door.clock.advance(afterMs);
      door.board.setLamp('dead');
      const lostMs = door.clock.monotonicMs();
      await door.clock.advance(1_000);
      const closed = door.seen[indexOf(door, { did: 'closed' })]!;
      expect(closed.atMs - lostMs).toBeLessThanOrEqual(100);
      expect(door.vision.state.fault).toBe('signDark');
      expect(door.board.level('sign')).toBe(0);
    }
  });

  it('that never lights keeps the sensor closed, and is tried again until it does', async () => {
    const door = new Door();
    door.board.setLamp('dead');
    await door.watch();
    await door.clock.advance(3 * RETRY_MS + 1_000);
    expect(indexOf(door, { what: 'sensor' })).toBe(-1);
    expect(story(door).filter((word) => word === 'sign 1').length).toBe(4);
    door.board.setLamp('whole');
    await door.clock.advance(RETRY_MS + 100);
    expect(await shownInASecond(door)).toBe(20);
  });

  it('that is stuck lit is a fault, and the camera does not watch under it', async () => {
    const door = await watching();
    door.board.setLamp('shorted');
    await press(door);
    await press(door);
    await door.clock.advance(3 * RETRY_MS);
    expect(door.vision.state.fault).toBe('signLit');
    expect(await shownInASecond(door)).toBe(0);
    door.board.setLamp('whole');
    await door.clock.advance(RETRY_MS + 100);
    expect(await shownInASecond(door)).toBe(20);
  });
});

describe('a sensor', () => {
  it('that takes for ever to open is closed again, and tried again', async () => {
    const door = new Door();
    door.cameraFaults.openMs = 60_000;
    door.start();
    await door.clock.advance(11_000);
    expect(door.vision.state).toMatchObject({ phase: 'fault', fault: 'sensor' });
    expect(door.board.level('sign')).toBe(0);
    door.cameraFaults.openMs = 0;
    await door.clock.advance(RETRY_MS + 100);
    expect(await shownInASecond(door)).toBe(20);
  });

  it('that takes for ever to close is a fault, and the sign stays lit over it', async () => {
    const door = await watching();
    door.cameraFaults.closeMs = 60_000;
    await press(door);
    await door.clock.advance(11_000);
    expect(door.vision.state).toMatchObject({ phase: 'closing', fault: 'sensorStuck' });
    expect(door.board.level('sign')).toBe(1);
  });

  it('that does not open leaves the sign dark, and is tried again', async () => {
    const door = new Door();
    door.cameraFaults.open = true;
    await door.watch();
    expect(door.vision.state).toMatchObject({ phase: 'fault', fault: 'sensor' });
    expect(door.board.level('sign')).toBe(0);
    expect(door.troubles).toMatchObject([{ where: 'openSensor', error: { code: 'CAMERA_FAILED' } }]);
    door.cameraFaults.open = false;
    await door.clock.advance(RETRY_MS + 100);
    expect(await shownInASecond(door)).toBe(20);
  });

  it('that ends by itself is closed before the sign goes dark, and is tried again', async () => {
    const door = await watching();
    const from = door.seen.length;
    door.endStream();
    await door.clock.advance(1_000);
    expect(story(door, from)).toEqual(['sensor closed', 'sensor was told to close', 'sign 0', 'sense 0']);
    expect(door.troubles).toMatchObject([{ where: 'camera' }]);
    await door.clock.advance(RETRY_MS);
    expect(await shownInASecond(door)).toBe(20);
  });

  it('that hangs in closing keeps the sign lit, and nobody looks at what it takes', async () => {
    const door = await watching();
    const from = door.seen.length;
    door.cameraFaults.closeMs = 5_000;
    await press(door);
    const told = indexOf(door, { did: 'was told to close' }, from);
    await door.clock.advance(4_000);
    expect(indexOf(door, { did: 'took a frame' }, told)).toBeGreaterThan(told);
    expect(door.seen.slice(told).some(isFrame)).toBe(false);
    expect(door.board.level('sign')).toBe(1);
    await door.clock.advance(2_000);
    expect(story(door, told).slice(-3)).toEqual(['sensor closed', 'sign 0', 'sense 0']);
  });

  it('that was closed while it was being opened is not trouble', async () => {
    const door = new Door();
    door.cameraFaults.openMs = 1_000;
    await door.watch();
    await press(door);
    await door.clock.advance(5_000);
    expect(door.troubles).toEqual([]);
    expect(door.vision.watchingSinceMs).toBeUndefined();
  });
});

describe('a camera that is told to end', () => {
  it('closes the sensor, then darkens the sign, and leaves nothing running', async () => {
    const door = await watching();
    door.cameraFaults.closeMs = 300;
    const from = door.seen.length;
    await stop(door);
    expect(story(door, from)).toEqual(['sensor was told to close', 'sensor closed', 'sign 0', 'sense 0']);
  });

  it('does not watch again when its detector comes back meanwhile', async () => {
    const door = await watching();
    door.cameraFaults.closeMs = 300;
    const from = door.seen.length;
    const ended = door.end();
    await door.clock.advance(100);
    door.replaceDetector();
    await door.clock.advance(60_000);
    await ended;
    expect(story(door, from)).toEqual(['sensor was told to close', 'sensor closed', 'sign 0', 'sense 0']);
  });

  it('leaves no timer behind, in whatever fault it was', async () => {
    const door = await watching();
    door.board.setLamp('shorted');
    await press(door);
    await door.clock.advance(5_000);
    expect(door.vision.state.fault).toBe('signLit');
    door.board.press();
    await stop(door);
    expect(door.clock.timers).toBe(0);
  });
});

describe('a disk', () => {
  const refuse = (door: Door, folder: string, code: string, steps: readonly string[]): void => {
    door.disk.onStep = (step, path) => {
      if (path.startsWith(folder) && steps.includes(step)) throw systemError(code, path);
    };
  };
  const fill = (door: Door, folder: string) => refuse(door, folder, 'ENOSPC', ['create', 'fill']);
  const mend = (door: Door): void => {
    door.disk.onStep = () => {};
  };

  it('that is full under the reports loses none of them, and each is placed once when there is room', async () => {
    const door = await watching({ windowSeconds: 60 });
    fill(door, '/spool');
    await door.clock.advance(150_000);
    expect(await reports(door)).toEqual([]);
    expect(door.troubles.length).toBeGreaterThan(0);
    expect(door.troubles.every(({ error }) => (error as { code: string }).code === 'SPOOL_FULL')).toBe(true);
    expect(await shownInASecond(door)).toBe(20);
    mend(door);
    await door.clock.advance(RETRY_MS);
    const starts = (await reports(door)).map((report) => report.windowStartSeconds);
    expect(starts).toEqual([0, 60].map((second) => Date.UTC(2026, 0, 1, 12) / 1_000 + second));
  });

  it('that is full under the reports loses none of them that can still be placed when the camera ends', async () => {
    const door = await watching({ windowSeconds: 60 });
    fill(door, '/spool');
    await door.clock.advance(61_000);
    mend(door);
    await stop(door);
    expect((await reports(door)).length).toBe(1);
  });

  it('that is full keeps an opt-out all the same, over a power cut too', async () => {
    const door = await watching();
    fill(door, '/');
    await press(door);
    expect(door.vision.state.fault).toBeUndefined();
    await door.cutPower(NO_LUCK);
    await door.watch();
    expect(door.vision.state.phase).toBe('optedOut');
  });

  it('that takes no choice any more keeps the camera closed, calls the other way in, and is tried again', async () => {
    const door = await watching();
    refuse(door, '/state', 'EIO', ['create', 'rename', 'sync-directory']);
    await press(door);
    expect(door.vision.state.fault).toBe('choiceUnsaved');
    expect([door.board.level('sign'), door.board.level('assist')]).toEqual([0, 1]);
    await door.clock.advance(RETRY_MS);
    mend(door);
    await door.clock.advance(RETRY_MS + SAVED_MS);
    await door.cutPower(NO_LUCK);
    await door.watch();
    expect(door.vision.state.phase).toBe('optedOut');
  });
});

describe('releases', () => {
  it('come at the ends of windows and of the day by the wall clock, once each', async () => {
    const door = new Door({ windowSeconds: 60 });
    door.clock.stepWall(MIDNIGHT - 120_000 - door.clock.wallMs());
    await door.watch();
    await door.clock.advance(119_000);
    const ends = (await reports(door)).map(({ windowStartSeconds }) => windowStartSeconds - MIDNIGHT / 1_000);
    expect(ends).toEqual([-120]);
    await door.clock.advance(1_000);
    expect(await reports(door)).toMatchObject([
      { level: 'day', windowSeconds: 86_400, coveragePercent: 0 },
      { level: 'window', windowSeconds: 60, coveragePercent: 100 },
      { level: 'window', windowSeconds: 60, coveragePercent: 100 },
    ]);
  });

  it('come while the resident has opted out too, and say that nothing was measured', async () => {
    const door = await watching({ windowSeconds: 60 });
    await door.clock.advance(60_000);
    await press(door);
    await door.clock.advance(180_000);
    const [first, second, ...rest] = await reports(door);
    expect(first).toMatchObject({ coveragePercent: 100, in: { status: 'fewer-than-k' } });
    expect(second).toMatchObject({ coveragePercent: 0 });
    expect(rest.length).toBe(2);
    for (const { in: entered, out, coveragePercent } of rest) {
      expect([entered.status, out.status, coveragePercent]).toEqual(['not-measured', 'not-measured', 0]);
    }
  });

  it('are not done again after a kill, a power cut or a step back of the clock', async () => {
    const door = await watching({ windowSeconds: 60 });
    await door.clock.advance(61_000);
    const [first] = await reports(door);
    await door.kill();
    await door.watch();
    door.clock.stepWall(-90_000);
    await door.clock.advance(85_000);
    await door.cutPower(NO_LUCK);
    await door.watch();
    await door.clock.advance(1_000);
    // The window into which the clock was set back had never been released; the first one had.
    const [earlier, ...later] = await reports(door);
    expect(earlier!.windowStartSeconds).toBe(first!.windowStartSeconds - 60);
    expect(later).toEqual([first]);
  });
});
