import { createRequire } from 'node:module';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { LintelError } from '../../src/lintel-error.ts';

/** The camera while it is open, or on its way there or back. */
export type Opening = object & { readonly opening: unique symbol };

/**
 * What is told of a camera, in JavaScript's thread: 'opened'; 'filled', that the slot on offer holds a whole frame,
 * whose last byte arrived `ageMs` ago; 'closed', after which nothing comes.
 * @param trouble why it was closed if nobody had asked for that: a code, and what to do in words
 */
export type Listener = (
  what: 'opened' | 'filled' | 'closed',
  ageMs: number | undefined,
  trouble: Error | undefined,
) => void;

/** The calls of the native part. None but the last waits; all that takes time is done in a thread of its own. */
export interface Libcamera {
  /**
   * Opens the first camera there is.
   * @param slots memory for one packed I420 frame after another, in which nothing is written but to a slot on offer
   * @throws Error with the code CAMERA_BUSY when it is open in this process
   */
  open(slots: Uint8Array, width: number, height: number, rate: number, listener: Listener): Opening;
  /** Has the slot filled with the next frame. There may be one on offer at a time. */
  offer(opening: Opening, slot: number): void;
  /** Asks the camera for another rate, which not every camera heeds. */
  setRate(opening: Opening, rate: number): void;
  /** Asks for the end; 'closed' is told when it has come. */
  close(opening: Opening): void;
  /** Returns when the camera is closed, of which nobody is told: for the end of a program, which waits for no thread. */
  closeAtOnce(opening: Opening): void;
}

const part = fileURLToPath(new URL(`../../build/native-camera/${process.arch}/camera.node`, import.meta.url));

/** @throws LintelError CAMERA_UNAVAILABLE when the native part is not built, or does not fit this machine's libcamera */
export function loadLibcamera(): Libcamera {
  // Read when it is loaded. It writes to the standard error, otherwise much of it.
  env.LIBCAMERA_LOG_LEVELS ??= '*:WARN';
  try {
    return createRequire(import.meta.url)(part);
  } catch (error) {
    throw new LintelError(
      'CAMERA_UNAVAILABLE',
      `the native part of the camera driver 'native' ${lackOf(error as NodeJS.ErrnoException)}`,
      error,
    );
  }
}

/** What is wrong with it, and what to do. */
function lackOf({ code, message }: NodeJS.ErrnoException): string {
  const build = "install libcamera-dev, then run 'npm run setup'";
  if (code === 'MODULE_NOT_FOUND') return `is not built: ${build}`;
  const [reason] = message.split('\n');
  const [, release] = /libcamera[.]so[.]([\d.]+\d)/.exec(reason!) ?? [];
  const packaged =
    release === undefined ? '' : `install Debian's package libcamera${release}, or for another release `;
  return `cannot be loaded (${reason}): ${packaged}${build}`;
}
