import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { nativeCameraLack } from './native.ts';

/** What of this machine decides which camera driver can run, and how. */
export interface CameraMachine {
  /** Where the program `name` is, if it is on the PATH. */
  readonly find: (name: string) => string | undefined;
  /** Why the driver `native` cannot be used; undefined when it can. */
  readonly nativeLack: () => string | undefined;
  /** Luma rows of I420 are padded to a multiple of this many bytes. */
  readonly rowBytes: number;
}

export function thisMachine(): CameraMachine {
  return { find: onPath, nativeLack: nativeCameraLack, rowBytes: rowBytes(compatible()) };
}

/**
 * A Raspberry Pi 5's image processor wants rows of each plane in steps of 64 bytes, those before it in steps of 32, and
 * chroma rows are half as long as luma rows (picamera2, `align_stream`).
 * @param compatible the device tree's names for this machine
 */
export function rowBytes(compatible: string): number {
  return compatible.includes('brcm,bcm2712') ? 128 : 64;
}

function compatible(): string {
  try {
    return readFileSync('/proc/device-tree/compatible', 'utf8');
  } catch {
    // No device tree: not a Raspberry Pi.
    return '';
  }
}

function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
