import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { I420Layout } from '../../src/frame/i420.ts';
import type { Clock } from '../../src/time/clock.ts';
import { ProgramCamera } from './program-camera.ts';
import { howItEnded, keptWords } from './program-end.ts';
import { type SensorOptions, type VideoOptions, videoOptions } from './video-options.ts';

export const RPICAM = 'rpicam-vid';

/**
 * The sensor through `rpicam-vid`, which writes I420 with rows as the hardware pads them.
 * @param rowBytes luma rows are padded to a multiple of this
 * @throws LintelError CAMERA_OPTION, FRAME_SIZE
 */
export function rpicamCamera(sensor: SensorOptions, rowBytes: number, clock: Clock): ProgramCamera {
  videoOptions(sensor, '/checked');
  return new ProgramCamera({
    layout: new I420Layout(sensor.width, sensor.height, Math.ceil(sensor.width / rowBytes) * rowBytes),
    order: 'i420',
    framesPerSecond: sensor.framesPerSecond,
    clock,
    program: RPICAM,
    start: (output, mark) => start(videoOptions(sensor, output), mark),
  });
}

async function start(options: VideoOptions, mark: Readonly<Record<string, string>>): Promise<string> {
  // The kernel ends it with `vision`, whatever becomes of the guard.
  const args = ['--pdeathsig', 'KILL', '--', RPICAM, ...commandLine(options), '--verbose', '0'];
  const child = spawn('setpriv', args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...mark },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = keptWords(said + text);
  });
  try {
    const [status, signal] = await once(child, 'close');
    return howItEnded(status ?? signal, said);
  } catch (error) {
    return `it cannot be started: ${(error as Error).message}`;
  }
}

function commandLine(options: VideoOptions): string[] {
  return Object.entries(options).flatMap(([name, value]) =>
    value === true ? [`--${name}`] : [`--${name}`, String(value)],
  );
}
