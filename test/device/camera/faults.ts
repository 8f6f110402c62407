import assert from 'node:assert/strict';
import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import test, { afterEach, describe } from 'node:test';
import { SlotRing } from '../../../src/frame/slot-ring.ts';
import type { LintelError } from '../../../src/lintel-error.ts';
import { capture, nativeCamera } from './capture.ts';
import { layout } from './layout.ts';
import { PICTURES, plugIn } from './virtual-camera.ts';

// What only the stand-ins for DMA buffers and for a failing libcamera can show.

const faultFile = process.env.LINTEL_CAMERA_FAULT!;

describe('the camera driver native', () => {
  plugIn({ pictures: join(PICTURES, 'marks'), width: layout.width, height: layout.height });
  afterEach(() => writeFileSync(faultFile, ''));

  for (const [what, fault, code] of [
    ['is taken away', 'unplug', 'CAMERA_GONE'],
    ['takes no more requests', 'refuse', 'CAMERA_GONE'],
    ['hangs', 'hang', 'CAMERA_SILENT'],
  ] as const) {
    test(`tells of a camera that ${what}, once and when it is closed, and can open it again`, async () => {
      const camera = await nativeCamera();
      const ring = new SlotRing(layout);
      const codes: string[] = [];
      const { promise, resolve } = Promise.withResolvers<void>();
      let frames = 0;
      ring.onUnread(() => {
        if (++frames === 10) writeFileSync(faultFile, fault);
      });
      await camera.open(ring, (end) => {
        codes.push(end.reason === 'failed' ? (end.error as LintelError).code : end.reason);
        resolve();
      });
      await promise;
      const last = frames;
      writeFileSync(faultFile, '');
      await capture(5);
      await camera.close();
      assert.equal(frames, last);
      assert.deepEqual(codes, [code]);
    });
  }

  test('does not open a camera that takes no requests, and leaves no slot behind', async () => {
    writeFileSync(faultFile, 'refuse');
    const ring = new SlotRing(layout, 3);
    const camera = await nativeCamera();
    await assert.rejects(
      camera.open(ring, () => assert.fail()),
      { code: 'CAMERA_GONE' },
    );
    for (let slot = 0; slot < 3; slot++) ring.acquire();
  });

  test('refuses pictures in colours that the detector was not tried with', async () => {
    writeFileSync(faultFile, 'wide colours');
    const camera = await nativeCamera();
    await assert.rejects(
      camera.open(new SlotRing(layout), () => assert.fail()),
      { code: 'CAMERA_FORMAT', message: /colours Rec2020/ },
    );
  });

  test('asks for another rate, at once and when it is opened again, and for its own again', async () => {
    const camera = await nativeCamera();
    const ring = new SlotRing(layout);
    const asked = async (framesPerSecond: number) => {
      const microseconds = Math.round(1e6 / framesPerSecond);
      while (rateAsked() !== `${microseconds} ${microseconds}`)
        await new Promise<void>((resolve) => ring.onUnread(resolve));
    };
    await camera.open(ring, () => {});
    camera.setRate(8);
    await asked(8);
    await camera.close();
    camera.setRate(5);
    await camera.open(ring, () => {});
    camera.setRate(camera.framesPerSecond);
    await asked(30);
    await camera.close();
  });

  test('wipes what is in the buffers of a camera that is closed', async () => {
    let files: number[] = [];
    await capture(8, (_, _at, frame) => {
      if (frame !== 4) return;
      files = buffers().map((path) => openSync(path, 'r'));
      assert.ok(files.some((file) => !isBlank(file)));
    });
    assert.ok(files.length > 1 && files.every(isBlank));
    for (const file of files) closeSync(file);
  });
});

/** What was last asked of the camera with a request: the shortest and the longest time of a frame, in microseconds. */
function rateAsked(): string {
  return existsSync(`${faultFile}.rate`) ? readFileSync(`${faultFile}.rate`, 'utf8') : '';
}

/** Made by a stand-in, they are files. */
function buffers(): string[] {
  const files = readdirSync('/proc/self/fd').map((name) => `/proc/self/fd/${name}`);
  return files.filter((file) => {
    try {
      return readlinkSync(file).startsWith('/memfd:') && !readlinkSync(file).includes('device');
    } catch {
      return false; // that through which the folder was read
    }
  });
}

function isBlank(file: number): boolean {
  const bytes = new Uint8Array(fstatSync(file).size);
  readSync(file, bytes, 0, bytes.length, 0);
  return bytes.every((byte) => byte === 0);
}
