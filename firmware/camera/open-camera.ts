import type { Settings } from '../../src/config/settings.ts';
import { LintelError } from '../../src/lintel-error.ts';
import type { Clock } from '../../src/time/clock.ts';
import type { Camera } from './camera.ts';
import { type CameraMachine, thisMachine } from './camera-machine.ts';
import { NativeCamera } from './native.ts';
import { ReplayCamera } from './replay.ts';
import { RPICAM, rpicamCamera } from './rpicam.ts';

/** A camera, not yet opened, and why it is reached in this way. */
export interface ChosenCamera {
  readonly camera: Camera;
  readonly driver: CameraDriver;
  /** For a log, and for whoever asks why. */
  readonly why: string;
}

type CameraSettings = Settings['camera'];
type CameraDriver = Exclude<CameraSettings['driver'], 'auto'>;

/** A camera and what it is reached by; or what this machine lacks for it. */
type Candidate = { readonly camera: Camera; readonly by: string } | { readonly lacks: string };
type Prepare = (settings: CameraSettings, clock: Clock, machine: CameraMachine) => Promise<Candidate>;

/** The drivers of real sensors, in the order in which `auto` tries them. */
const SENSORS: Readonly<Record<Exclude<CameraDriver, 'replay'>, Prepare>> = {
  native: prepareNative,
  rpicam: prepareRpicam,
  libcamera: prepareLibcamera,
};

/**
 * Chooses the driver, and prepares the camera; no sensor is opened.
 * @throws LintelError CAMERA_NONE, CAMERA_OPTION, FRAME_SIZE, and those of `ReplayCamera.prepare`
 */
export async function openCamera(
  settings: CameraSettings,
  clock: Clock,
  machine: CameraMachine = thisMachine(),
): Promise<ChosenCamera> {
  if (settings.driver === 'replay') {
    // There is a file, or the settings would have been refused.
    const file = settings.file!;
    const camera = await ReplayCamera.prepare({ file, pace: 'real', loop: true, clock });
    return { camera, driver: 'replay', why: `no camera is used: the settings name the recording ${file}` };
  }
  const lacking: string[] = [];
  for (const driver of settings.driver === 'auto' ? sensors() : [settings.driver]) {
    const candidate = await SENSORS[driver](settings, clock, machine);
    if ('camera' in candidate) {
      const set = settings.driver === 'auto' ? ['auto', ...lacking] : [`camera.driver is '${driver}'`];
      return { camera: candidate.camera, driver, why: [...set, `${driver}: ${candidate.by}`].join('; ') };
    }
    lacking.push(`not ${driver}: ${candidate.lacks}`);
  }
  throw new LintelError(
    'CAMERA_NONE',
    `no camera can be reached (${lacking.join('; ')}): install rpicam-apps on Raspberry Pi OS, libcamera-tools on Debian, ` +
      "or set camera.driver to 'replay'",
  );
}

function sensors(): (keyof typeof SENSORS)[] {
  return Object.keys(SENSORS) as (keyof typeof SENSORS)[];
}

async function prepareNative(
  settings: CameraSettings,
  clock: Clock,
  { nativeLack }: CameraMachine,
): Promise<Candidate> {
  const lacks = nativeLack();
  if (lacks !== undefined) return { lacks };
  return { camera: await NativeCamera.prepare({ ...settings, clock }), by: "libcamera's own interface" };
}

async function prepareRpicam(
  settings: CameraSettings,
  clock: Clock,
  { find, rowBytes }: CameraMachine,
): Promise<Candidate> {
  const path = find(RPICAM);
  if (path === undefined) return { lacks: `there is no ${RPICAM}` };
  return { camera: rpicamCamera(settings, rowBytes, clock), by: path };
}

async function prepareLibcamera(
  settings: CameraSettings,
  clock: Clock,
  { find, rowBytes }: CameraMachine,
): Promise<Candidate> {
  // Loaded only where it is used.
  const { LAUNCHED, libcameraCamera } = await import('./libcamera.ts');
  const program = LAUNCHED.find((name) => find(name) !== undefined);
  if (program === undefined) return { lacks: `there is none of ${LAUNCHED.join(', ')}` };
  const camera = libcameraCamera(settings, program, rowBytes, clock);
  return { camera, by: `node-libcamera with ${find(program)}` };
}
