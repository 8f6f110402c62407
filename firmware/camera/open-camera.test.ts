import { expect, it } from 'vitest';
import type { Settings } from '../../src/config/settings.ts';
import { SystemClock } from '../../src/time/system-clock.ts';
import { type CameraMachine, rowBytes } from './camera-machine.ts';
import { openCamera } from './open-camera.ts';

type CameraSettings = Settings['camera'];

/** A machine that has these programs, in /opt. */
function machine(...programs: readonly string[]): CameraMachine {
  return {
    find: (name) => (programs.includes(name) ? `/opt/${name}` : undefined),
    nativeLack: () => 'there is no libcamera',
    rowBytes: 64,
  };
}

function open(on: CameraMachine, settings: Partial<CameraSettings> = {}) {
  const asked: CameraSettings = {
    driver: 'auto',
    file: undefined,
    width: 1280,
    height: 720,
    framesPerSecond: 10,
  };
  return openCamera({ ...asked, ...settings }, new SystemClock(), on);
}

const ALL = machine('rpicam-vid', 'libcamera-vid', 'cam', 'gst-launch-1.0');

it.each([
  [['rpicam-vid', 'cam'], 'rpicam', /rpicam: \/opt\/rpicam-vid$/],
  [['libcamera-vid', 'cam'], 'libcamera', /not rpicam: there is no rpicam-vid; .*\/opt\/libcamera-vid$/],
  [['cam', 'gst-launch-1.0'], 'libcamera', /node-libcamera with \/opt\/cam$/],
  [['gst-launch-1.0'], 'libcamera', /node-libcamera with \/opt\/gst-launch-1[.]0$/],
])('of %s, the driver is chosen, and it is said why', async (programs, driver, why) => {
  expect(await open(machine(...programs))).toMatchObject({ driver, why: expect.stringMatching(why) });
});

it('a driver that is set is taken, whatever else there is, or nothing is', async () => {
  const chosen = await open(ALL, { driver: 'libcamera' });
  expect(chosen).toMatchObject({ driver: 'libcamera', why: expect.stringContaining('/opt/rpicam-vid') });
  await expect(open(machine('cam'), { driver: 'rpicam' })).rejects.toMatchObject({
    code: 'CAMERA_NONE',
    message: expect.stringContaining('not rpicam: there is no rpicam-vid'),
  });
});

it('a machine without any of them is told what it lacks', async () => {
  await expect(open(machine())).rejects.toMatchObject({
    code: 'CAMERA_NONE',
    message: expect.stringMatching(/rpicam-vid.*libcamera-vid, cam, gst-launch-1[.]0.*install/),
  });
});

it.each([
  ['rpicam-vid', 800, 832],
  ['rpicam-vid', 1280, 1280],
  ['cam', 1280, 1280],
])('of %s, rows of %i pixels are expected to take %i bytes', async (program, width, lumaStride) => {
  const { camera } = await open(machine(program), { width });
  expect(camera.layout).toMatchObject({ width, lumaStride });
});

it.each([
  ['rpicam-vid', { width: 801 }, 'even'],
  ['rpicam-vid', { height: 3 }, 'even'],
  ['rpicam-vid', { framesPerSecond: Number.NaN }, 'frames a second'],
  ['cam', { width: 800 }, 'multiple of 64'],
])(
  'what cannot be asked of %s is refused before anything is opened: %j',
  async (program, settings, words) => {
    const refused = expect(open(machine(program), settings)).rejects;
    await refused.toMatchObject({ code: 'CAMERA_OPTION', message: expect.stringContaining(words) });
  },
);

it('rows are padded further on a Raspberry Pi 5', () => {
  expect(rowBytes('raspberrypi,5-model-b\0brcm,bcm2712\0')).toBe(128);
  expect(rowBytes('raspberrypi,4-model-b\0brcm,bcm2711\0')).toBe(64);
});
