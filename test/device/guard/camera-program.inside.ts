import { describe, expect, it } from 'vitest';
import { GUARD_MARK } from '../../../firmware/system/guarded-programs.ts';
import { RunningProcess } from '../../../firmware/system/running-process.ts';
import { Door } from './door.ts';

// The whole `vision` with a camera that a program runs. The program is the stand-in for `rpicam-vid`.

async function watchedDoor(driver: string): Promise<Door> {
  const camera = { driver, width: 320, height: 240, frames_per_second: 5 };
  const door = new Door(camera, 'rpicam-vid.ts');
  door.start();
  await door.watching();
  return door;
}

/** Everything that this vision has started and that still runs. */
function startedBy(vision: RunningProcess): string[][] {
  return RunningProcess.others()
    .filter(({ environment }) => environment.includes(`${GUARD_MARK}=${vision.id}`))
    .map(({ command }) => command);
}

describe('the sensor is closed before the sign goes dark, and none of its programs runs on, when', () => {
  it.concurrent('vision is asked to end', async () => {
    using door = await watchedDoor('libcamera');
    const { vision } = door;
    process.kill(vision.pid, 'SIGTERM');
    await door.safe();
    expect(await door.ended()).toEqual({ status: 0, guarded: false });
    expect(startedBy(vision)).toEqual([]);
  });

  it.each(['rpicam', 'libcamera'])(
    'vision is killed, and the program stands still, with %s',
    async (driver) => {
      using door = await watchedDoor(driver);
      const { vision } = door;
      process.kill(door.camera.pid, 'SIGSTOP');
      vision.kill();
      await door.safe();
      expect(await door.ended()).toEqual({ status: 'SIGKILL', guarded: true });
      expect(startedBy(vision)).toEqual([]);
    },
  );

  it.concurrent('the program is killed; and then it is tried again', async () => {
    using door = await watchedDoor('libcamera');
    const first = door.camera.pid;
    door.camera.kill();
    await door.safe();
    await door.watching();
    // Its log comes by another way than its lines: by now it is there.
    expect(door.said).toMatch(/the camera's program rpicam-vid failed: it ended with (137|SIGKILL)/);
    expect(door.camera.pid).not.toBe(first);
    // The test before it may have had the same line.
    expect(door.signHistory.slice(-3)).toEqual([1, 0, 1]);
  });
});
