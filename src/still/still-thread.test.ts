import { expect, it, onTestFinished } from 'vitest';
import { SeededRandom } from '../../test/scene/seeded-random.ts';
import { MOST_STILL_BYTES } from '../aiming/aim-folder.ts';
import { SystemClock } from '../time/system-clock.ts';
import { stillSize } from './shrink-frame.ts';
import { StillThread, type StillThreadOptions } from './still-thread.ts';

function opened(width: number, height: number, options: Partial<StillThreadOptions> = {}): StillThread {
  const size = stillSize({ width, height });
  const thread = new StillThread({ size, clock: new SystemClock(), ...options });
  onTestFinished(() => thread.close());
  return thread;
}

/** Width and height, as they stand in the frame header of a baseline JPEG file (ITU-T T.81, B.2.2). */
function sizeOf(file: Uint8Array): [number, number] | undefined {
  const bytes = Buffer.from(file);
  const at = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  return at < 0 ? undefined : [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
}

it('makes a JPEG file of a picture, again and again', async () => {
  const thread = opened(1280, 720);
  thread.planes.fill(128);
  for (let again = 0; again < 3; again++) {
    const file = await thread.encode();
    expect([...file.subarray(0, 2), ...file.subarray(-2)]).toEqual([0xff, 0xd8, 0xff, 0xd9]);
    expect(sizeOf(file)).toEqual([640, 360]);
  }
});

it('makes a file of 64 KiB at most even of noise, of which nothing can be left out', async () => {
  const thread = opened(1280, 720);
  const random = new SeededRandom(3);
  for (let at = 0; at < thread.planes.length; at++) thread.planes[at] = Math.floor(random.between(16, 236));
  const file = await thread.encode();
  expect(sizeOf(file)).toEqual([640, 360]);
  expect(file.byteLength).toBeGreaterThan(10_000);
  expect(file.byteLength).toBeLessThanOrEqual(MOST_STILL_BYTES);
});

it('keeps nothing of a picture, and makes no more, once it is closed', async () => {
  const thread = opened(64, 64);
  thread.planes.fill(77);
  const late = thread.encode();
  late.catch(() => {});
  await thread.close();
  expect(thread.planes.every((byte) => byte === 0)).toBe(true);
  await expect(late).rejects.toMatchObject({ code: 'STILL_FAILED' });
  await expect(thread.encode()).rejects.toMatchObject({ code: 'STILL_FAILED' });
});

it('is given up when it does not answer in time, and ends however it hangs', async () => {
  const program = new URL('../../test/faulty/still-worker.ts', import.meta.url);
  const thread = opened(64, 64, { deadlineMs: 100, program });
  await expect(thread.encode()).rejects.toMatchObject({
    code: 'STILL_FAILED',
    message: expect.stringContaining('did not answer within 100 ms'),
  });
  await thread.close();
  await expect(thread.encode()).rejects.toMatchObject({ code: 'STILL_FAILED' });
});
