import { openSync, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** How the program to stand in for writes its frames. */
export interface StandInFrames {
  readonly output: string;
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  readonly order: 'i420' | 'nv12';
  /** Bytes from one luma row to the next. */
  readonly stride: number;
}

/** What goes wrong, in JSON in LINTEL_STAND_IN. */
export interface StandInFault {
  /** Writes as fast as it is read. */
  readonly unpaced?: boolean;
  /** After so many whole frames... */
  readonly after?: number;
  /** ...it does this. */
  readonly does?: 'hang' | 'end' | 'die' | 'die in a frame' | 'say something';
  /** What is written to the pipe before the first frame. */
  readonly says?: string;
  /** What is said on the standard error. */
  readonly complains?: string;
  /** Does not end when it is asked to. */
  readonly deaf?: boolean;
  /** Rows are padded by so many bytes more than told. */
  readonly extraPadding?: number;
}

/** What lies where rows are padded. */
export const PADDING = 0xee;

/**
 * Writes frames without an end, or until what is to go wrong. The first luma byte counts the frames, from 1 on; every
 * other sample of luma has the number of its row, of the one chroma plane 100, of the other 200.
 */
export async function standIn(frames: StandInFrames): Promise<void> {
  const fault: StandInFault = JSON.parse(process.env.LINTEL_STAND_IN ?? '{}');
  // A frame is written in one go, so this is between two of them.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => fault.deaf || process.exit(0));
  if (fault.complains) writeSync(2, fault.complains);
  if (fault.after === 0) await goWrong(fault, Buffer.alloc(0), 0);
  const pipe = openSync(frames.output, 'w');
  if (fault.says) writeAll(pipe, Buffer.from(fault.says));
  const bytes = frame({ ...frames, stride: frames.stride + (fault.extraPadding ?? 0) });
  for (let count = 1; ; count++) {
    if (count - 1 === fault.after) await goWrong(fault, bytes, pipe);
    bytes[0] = count;
    writeAll(pipe, bytes);
    // A timer even where there is nothing to wait for: signals are taken in meanwhile.
    await delay(fault.unpaced ? 0 : 1_000 / frames.framesPerSecond);
  }
}

async function goWrong({ does }: StandInFault, bytes: Buffer, pipe: number): Promise<void> {
  if (does === 'die in a frame') writeAll(pipe, bytes.subarray(0, bytes.length / 2));
  if (does === 'die' || does === 'die in a frame') process.kill(process.pid, 'SIGKILL');
  if (does === 'end') process.exit(0);
  if (does === 'say something') writeAll(pipe, Buffer.from('the sensor timed out\n'));
  if (does === 'hang') await delay(3_600_000);
}

function frame({ width, height, stride, order }: StandInFrames): Buffer {
  const luma = stride * height;
  const bytes = Buffer.alloc((luma * 3) / 2, PADDING);
  for (let row = 0; row < height; row++) bytes.fill(row, row * stride, row * stride + width);
  const planes = order === 'nv12' ? [luma] : [luma, luma * 1.25];
  const [rowBytes, used] = order === 'nv12' ? [stride, width] : [stride / 2, width / 2];
  for (const [plane, start] of planes.entries()) {
    for (let row = 0; row < height / 2; row++) {
      const at = start + row * rowBytes;
      if (order === 'nv12') bytes.fill(Buffer.from([100, 200]), at, at + used);
      else bytes.fill(100 + 100 * plane, at, at + used);
    }
  }
  return bytes;
}

function writeAll(pipe: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(pipe, bytes, at);
}
