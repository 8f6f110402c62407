import { statfs } from 'node:fs/promises';
import { uptime } from 'node:os';
import { AimFolder } from '../src/aiming/aim-folder.ts';
import type { Settings } from '../src/config/settings.ts';
import { NodeDisk } from '../src/disk/node-disk.ts';
import { LintelError } from '../src/lintel-error.ts';
import { StillThread } from '../src/still/still-thread.ts';
import type { Clock } from '../src/time/clock.ts';
import type { VisionParts } from './vision.ts';

/** The first minute after power-on, as far as this program can answer a button in it. */
const ASK_MS = 60_000;
/** A program that begins later than this has begun anew, and the power has not. */
const POWERED_ON_SECONDS = 180;
/** What statfs(2) calls tmpfs and ramfs. */
const IN_MEMORY = [0x0102_1994, 0x8584_58f6];

/**
 * Where `vision` may show an installer what it sees, emptied.
 * @param impossible told why that cannot be
 */
export async function aimPlace(
  { lines, paths }: Settings,
  clock: Clock,
  impossible: (reason: string) => void,
): Promise<VisionParts['aim']> {
  const disk = new NodeDisk();
  const folder = new AimFolder(paths.aim, disk);
  try {
    await folder.clear();
    // What is simulated is switched on with the program.
    if (lines.driver !== 'simulated' && uptime() > POWERED_ON_SECONDS) return undefined;
    await disk.makeDirectory(paths.aim);
    await checkInMemory(paths.aim);
    return { folder, openEncoder: (size) => new StillThread({ size, clock }), askMs: ASK_MS };
  } catch (error) {
    impossible(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** Not even a covered picture is to reach a disk. @throws LintelError AIM_ON_DISK */
async function checkInMemory(folder: string): Promise<void> {
  if (IN_MEMORY.includes((await statfs(folder)).type)) return;
  throw new LintelError(
    'AIM_ON_DISK',
    `paths.aim: ${folder} is on a disk: name a folder below /run or /dev/shm`,
  );
}
