import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { before, describe } from 'node:test';
import { cameraStatements } from '../../../firmware/camera/statements.contract.ts';
import { SlotRing } from '../../../src/frame/slot-ring.ts';
import { capture, nativeCamera } from '../camera/capture.ts';
import { layout } from '../camera/layout.ts';
import { FRAMES_PER_PICTURE, PICTURES, plugIn, unplug } from '../camera/virtual-camera.ts';
import { figure } from '../guest-report.ts';

// The driver on the real libcamera and its virtual pipeline.

const marks = { pictures: join(PICTURES, 'marks'), width: layout.width, height: layout.height };
const photos = { ...marks, pictures: join(PICTURES, 'photos') };

describe('the camera driver native', () => {
  before(() => plugIn(marks));
  for (const [sentence, keep] of Object.entries(cameraStatements)) {
    test(sentence, () =>
      keep(async () => ({ camera: await nativeCamera(), framesPerMark: FRAMES_PER_PICTURE })),
    );
  }

  test('gives a frame the time of its arrival, however late it is looked at', async () => {
    let startMs = 0;
    let endMs = 0;
    await capture(2, (_, capturedAt, frame) => {
      if (frame === 0) {
        startMs = performance.now();
        assert.ok(capturedAt < startMs);
        // More than the other buffers take to be filled.
        while (performance.now() < startMs + 300);
        endMs = performance.now();
      } else {
        assert.ok(capturedAt < endMs, `${capturedAt} is not before ${endMs}`);
      }
    });
  });

  test('keeps no file, mapping or thread of a camera that is closed', async () => {
    await capture(1);
    const before = held();
    for (let round = 0; round < 30; round++) await capture(1);
    assert.deepEqual(held(), before);
  });

  for (const when of ['opening', 'frame']) {
    for (const [how, status] of [
      ['exit', 3],
      ['throw', 1],
    ] as const) {
      test(`lets a program end by ${how} with the camera open (${when})`, () => {
        const program = join(import.meta.dirname, '../camera/leave-open.ts');
        const ended = spawnSync(process.execPath, [program, when, how], { encoding: 'utf8' });
        assert.deepEqual([ended.status, ended.signal], [status, null], ended.stderr);
      });
    }
  }

  test('refuses a size that the camera has not got, and says which it has', async () => {
    const camera = await nativeCamera({ width: 320, height: 200 });
    await assert.rejects(
      camera.open(new SlotRing(camera.layout), () => {}),
      {
        code: 'CAMERA_FORMAT',
        message: /640x480/,
      },
    );
  });

  test('can be open once in a program', async () => {
    const [one, other] = await Promise.all([nativeCamera(), nativeCamera()]);
    await one.open(new SlotRing(layout), () => {});
    await assert.rejects(
      other.open(new SlotRing(layout), () => {}),
      { code: 'CAMERA_BUSY' },
    );
    await one.close();
    await other.open(new SlotRing(layout), () => {});
    await other.close();
  });

  test('shows photographs as they are', async () => {
    plugIn(photos);
    const expected = readFileSync(join(PICTURES, 'photos.i420'));
    const count = expected.byteLength / layout.byteLength;
    const differences: number[] = [];
    await capture(count * FRAMES_PER_PICTURE, (bytes, _, frame) => {
      if (frame % FRAMES_PER_PICTURE > 0) return;
      const start = (frame / FRAMES_PER_PICTURE) * layout.byteLength;
      differences.push(meanDifference(bytes, expected.subarray(start, start + layout.byteLength)));
    });
    assert.equal(differences.length, count);
    // Two decoders of JPEG may round differently.
    for (const difference of differences) assert.ok(difference < 0.6, `${differences}`);
  });

  test('is quick', async () => {
    const frames = 500;
    let startMs = 0;
    await capture(frames, (_bytes, _at, frame) => {
      if (frame === 0) startMs = performance.now();
    });
    figure('native', `${Math.round((frames / (performance.now() - startMs)) * 1_000)} frames a second`);
  });

  // Last, since the virtual pipeline stays away from a process in which it once found nothing to do.
  test('says so when there is no camera', async () => {
    unplug();
    const camera = await nativeCamera();
    await assert.rejects(
      camera.open(new SlotRing(layout), () => {}),
      { code: 'CAMERA_MISSING' },
    );
  });
});

function held() {
  const mappings = readFileSync('/proc/self/maps', 'utf8').match(/dmabuf|memfd/g) ?? [];
  return {
    files: readdirSync('/proc/self/fd').length,
    threads: readdirSync('/proc/self/task').length,
    mappings: mappings.length,
  };
}

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, at) => sum + Math.abs(value - b[at]!), 0) / a.byteLength;
}
