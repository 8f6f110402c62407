import { LintelError } from '../../src/lintel-error.ts';

/** What is asked of a sensor. */
export interface SensorOptions {
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
}

/** The options of `rpicam-vid`, and of `libcamera-vid` before it, by which it writes raw frames without an end. */
export interface VideoOptions {
  readonly width: number;
  readonly height: number;
  readonly framerate: number;
  readonly codec: 'yuv420';
  readonly timeout: 0;
  readonly nopreview: true;
  readonly flush: true;
  readonly output: string;
}

const FASTEST = 240;

/**
 * Made of nothing but known words, numbers, and a path of plain characters: they reach a shell.
 * @throws LintelError CAMERA_OPTION
 */
export function videoOptions(sensor: SensorOptions, output: string): VideoOptions {
  const { width, height, framesPerSecond } = sensor;
  for (const [name, side] of Object.entries({ width, height })) {
    if (!(side > 0 && side % 2 === 0)) {
      refuse(`a ${name} of ${side} pixels cannot be asked of a camera: set an even number`);
    }
  }
  if (!(framesPerSecond > 0 && framesPerSecond <= FASTEST)) {
    refuse(`${framesPerSecond} frames a second cannot be asked of a camera: set 1 to 60`);
  }
  if (!/^(\/[A-Za-z0-9._-]+)+$/.test(output)) {
    refuse(
      `the pipe ${output} has a name that is not handed to a shell: use plain letters in the runtime folder's`,
    );
  }
  const rate = Math.round(framesPerSecond * 1_000) / 1_000;
  return {
    width,
    height,
    framerate: rate,
    codec: 'yuv420',
    timeout: 0,
    nopreview: true,
    flush: true,
    output,
  };
}

function refuse(message: string): never {
  throw new LintelError('CAMERA_OPTION', message);
}
