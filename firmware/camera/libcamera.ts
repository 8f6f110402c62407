import { fileURLToPath } from 'node:url';
import { libcamera } from 'node-libcamera';
import { I420Layout } from '../../src/frame/i420.ts';
import { LintelError } from '../../src/lintel-error.ts';
import type { Clock } from '../../src/time/clock.ts';
import { ProgramCamera } from './program-camera.ts';
import { howItEnded, keptWords } from './program-end.ts';
import { type SensorOptions, type VideoOptions, videoOptions } from './video-options.ts';

/** What the launcher knows how to start, in the order in which it is looked for. */
export const LAUNCHED = ['rpicam-vid', 'libcamera-vid', 'cam', 'gst-launch-1.0'] as const;
export type Launched = (typeof LAUNCHED)[number];

const LAUNCHER = fileURLToPath(new URL('./launcher', import.meta.url));
/** To which rows of NV12 are padded on a Raspberry Pi 5, and to no more elsewhere. */
const UNPADDED = 64;

/**
 * The sensor through `node-libcamera`, which runs a shell command named `libcamera-vid` and tells of its end. What is
 * behind that name is `launcher/libcamera-vid`.
 * @param rowBytes luma rows of I420 are padded to a multiple of this
 * @throws LintelError CAMERA_OPTION, FRAME_SIZE
 */
export function libcameraCamera(
  sensor: SensorOptions,
  program: Launched,
  rowBytes: number,
  clock: Clock,
): ProgramCamera {
  const planar = program === 'rpicam-vid' || program === 'libcamera-vid';
  videoOptions(sensor, '/checked');
  if (!planar && sensor.width % UNPADDED !== 0) {
    const message = `how ${program} pads rows of ${sensor.width} pixels is not known: set a width that is a multiple of ${UNPADDED}`;
    throw new LintelError('CAMERA_OPTION', message);
  }
  const stride = planar ? Math.ceil(sensor.width / rowBytes) * rowBytes : sensor.width;
  return new ProgramCamera({
    layout: new I420Layout(sensor.width, sensor.height, stride),
    order: planar ? 'i420' : 'nv12',
    framesPerSecond: sensor.framesPerSecond,
    clock,
    program,
    start: (output, mark) => start(videoOptions(sensor, output), program, mark),
  });
}

async function start(
  options: VideoOptions,
  program: Launched,
  mark: Readonly<Record<string, string>>,
): Promise<string> {
  const environment = {
    ...mark,
    PATH: `${LAUNCHER}:${process.env.PATH}`,
    LINTEL_CAMERA_PROGRAM: program,
    // In 'test', the library runs nothing.
    NODE_ENV: 'production',
  };
  try {
    return howItEnded(0, await during(environment, () => libcamera.vid(options)));
  } catch (error) {
    const { code, signal, message } = error as Error & { code?: number; signal?: string };
    // Its first line is the command.
    return howItEnded(code ?? signal ?? 'an error', keptWords(message.slice(message.indexOf('\n') + 1)));
  }
}

/** The library takes no environment for the command that it runs, but this process's own at that moment. */
function during<Result>(environment: Readonly<Record<string, string>>, start: () => Result): Result {
  const before = Object.keys(environment).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, environment);
  try {
    return start();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
