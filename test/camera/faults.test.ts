import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Slot } from '../../src/frame/slot-ring.ts';
import { SimulatedClock } from '../../src/time/simulated-clock.ts';
import { SystemClock } from '../../src/time/system-clock.ts';
import { StandIns, WAYS, Watched } from './rig.ts';
import type { StandInFault } from './stand-in.ts';

const standIns = new StandIns();
/** How long a program may write no frame, and how long one may take to end. */
const SILENT_MS = 8_000;
const PATIENCE_MS = 2_000;
const ROUNDS = Number(process.env.LINTEL_ROUNDS ?? 6);

describe.each(WAYS)('a camera run by %s', (_, camera) => {
  const opened = async (fault: StandInFault = {}, clock = new SystemClock()): Promise<Watched> => {
    standIns.fault = fault;
    const watched = new Watched(camera(clock));
    await watched.open();
    return watched;
  };

  it('is read as the program writes it, row for row and plane for plane', async () => {
    await using watched = new Watched(camera(new SystemClock()), seeRows);
    await watched.open();
    await watched.frames(3);
  });

  it('does not open without its program', async () => {
    standIns.withoutPrograms();
    await using watched = new Watched(camera(new SystemClock()));
    await expect(watched.open()).rejects.toMatchObject({
      code: 'CAMERA_FAILED',
      message: expect.stringMatching(/it ended with 127 .*(not found|No such file)/),
    });
  });

  it('does not open when its program ends without a frame, and passes on what that one said', async () => {
    standIns.fault = { after: 0, does: 'end', complains: 'ERROR: *** no cameras available ***\n' };
    await using watched = new Watched(camera(new SystemClock()));
    await expect(watched.open()).rejects.toMatchObject({
      code: 'CAMERA_FAILED',
      message: expect.stringContaining('no cameras available'),
    });
    expect([standIns.programs, standIns.pipes]).toEqual([[], []]);
  });

  it.each([
    ['ends', { does: 'end' }, /it ended with 0/],
    ['dies', { does: 'die' }, /it ended with (SIGKILL|137)/],
    ['dies in the middle of a frame', { does: 'die in a frame' }, /it ended with (SIGKILL|137)/],
  ] as const)('fails when its program %s, and only whole frames were handed in', async (_, { does }, why) => {
    await using watched = await opened({ after: 3, does });
    const end = await watched.ended.promise;
    expect(end).toMatchObject({ reason: 'failed', error: { code: 'CAMERA_FAILED' } });
    expect((end as { error: Error }).error.message).toMatch(why);
    expect(watched.marks).toEqual([1, 2, 3]);
  });

  it.each([
    ['writes text before its frames', { says: 'Preview window unavailable\n' }],
    ['writes text between its frames', { after: 3, does: 'say something' }],
    ['pads its rows further than it should', { extraPadding: 32 }],
  ] as const)('fails when its program %s', async (_, fault) => {
    await using watched = await opened(fault);
    expect(await watched.ended.promise).toMatchObject({ reason: 'failed', error: { code: 'CAMERA_FAILED' } });
  });

  it('fails when its program hangs', async () => {
    const clock = new SimulatedClock();
    await using watched = await opened({ after: 3, does: 'hang' }, clock);
    await watched.frames(3);
    await clock.advance(SILENT_MS - 1);
    expect(await Promise.race([watched.ended.promise, 'still open'])).toBe('still open');
    await clock.advance(1);
    expect(await watched.ended.promise).toMatchObject({ reason: 'failed' });
  });

  it('fails to open when its program hangs from the beginning', async () => {
    const clock = new SimulatedClock();
    standIns.fault = { after: 0, does: 'hang' };
    const watched = new Watched(camera(clock));
    const failed = expect(watched.open()).rejects.toMatchObject({ code: 'CAMERA_FAILED' });
    while (standIns.programs.length === 0) await new Promise(setImmediate);
    await clock.advance(SILENT_MS);
    // A program that is just starting may miss that it is asked to end.
    const patience = setInterval(() => void clock.advance(PATIENCE_MS), 1_000);
    await failed.finally(() => clearInterval(patience));
    expect(standIns.programs).toEqual([]);
  });

  it.each([
    ['does not want to end', (): void => {}],
    ['stands still', () => standIns.programs.forEach((program) => void program.kill('SIGSTOP'))],
  ])('is closed when its program %s, after a while and by force', async (_, stop) => {
    const clock = new SimulatedClock();
    const watched = await opened({ deaf: true }, clock);
    await watched.frames(1);
    stop();
    const closed = watched.camera.close();
    await clock.advance(PATIENCE_MS - 1);
    const before = standIns.programs.length;
    await clock.advance(1);
    await closed;
    expect([before > 0, standIns.programs]).toEqual([true, []]);
  });

  it('is closed only when the program behind the program is gone, too', async () => {
    process.env.LINTEL_STAND_IN_CHILD = 'yes';
    try {
      await using watched = await opened();
      expect(standIns.programs.length).toBeGreaterThan(1);
      await watched.camera.close();
      expect(standIns.programs).toEqual([]);
    } finally {
      delete process.env.LINTEL_STAND_IN_CHILD;
    }
  });

  it('leaves no program, no open file and no pipe behind, whenever it is closed', async () => {
    const watched = new Watched(camera(new SystemClock()));
    let files = 0;
    for (let round = 0; round <= ROUNDS; round++) {
      const opening = watched.open().catch(() => {});
      if (round % 3 !== 2) await opening;
      if (round % 3 === 1) await watched.frames(watched.marks.length + 1);
      await watched.camera.close();
      await opening;
      expect([standIns.programs, standIns.pipes]).toEqual([[], []]);
      // What is opened once is opened by the first round.
      files ||= openFiles();
      expect(openFiles()).toBe(files);
    }
  });
});

function openFiles(): number {
  return readdirSync('/proc/self/fd').length;
}

/** As the stand-in writes them. */
function seeRows({ frame }: Slot): void {
  const { width, chromaWidth, chromaHeight, lumaStride, chromaStride } = frame.layout;
  for (let row = 1; row < frame.layout.height; row++) {
    expect(frame.y.subarray(row * lumaStride, row * lumaStride + width)).toEqual(
      new Uint8Array(width).fill(row),
    );
  }
  for (const [plane, value] of [[frame.u, 100] as const, [frame.v, 200] as const]) {
    for (let row = 0; row < chromaHeight; row++) {
      const samples = plane.subarray(row * chromaStride, row * chromaStride + chromaWidth);
      expect(samples).toEqual(new Uint8Array(chromaWidth).fill(value));
    }
  }
}
