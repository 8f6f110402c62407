import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import type { Camera, CameraEnd } from '../../firmware/camera/camera.ts';
import { libcameraCamera } from '../../firmware/camera/libcamera.ts';
import { rpicamCamera } from '../../firmware/camera/rpicam.ts';
import { RunningProcess } from '../../firmware/system/running-process.ts';
import type { Slot } from '../../src/frame/slot-ring.ts';
import { SlotRing } from '../../src/frame/slot-ring.ts';
import type { Clock } from '../../src/time/clock.ts';
import type { StandInFault } from './stand-in.ts';

const PROGRAMS = join(import.meta.dirname, 'programs');
const SENSOR = { height: 48, framesPerSecond: 15 };
const PADDED = { width: 80, ...SENSOR };

/** Every way in which a camera's program is run, with a stand-in for the program. */
export const WAYS: readonly (readonly [string, (clock: Clock) => Camera])[] = [
  ['rpicam, on a stand-in for rpicam-vid', (clock) => rpicamCamera(PADDED, 64, clock)],
  ['libcamera, on a stand-in for rpicam-vid', (clock) => libcameraCamera(PADDED, 'rpicam-vid', 64, clock)],
  [
    'libcamera, on a stand-in for cam',
    (clock) => libcameraCamera({ ...PADDED, width: 64 }, 'cam', 64, clock),
  ],
];

/** The stand-ins are on the PATH, and pipes are made in a folder of their own, in every test of the file. */
export class StandIns {
  #folder = '';
  #mark = '';

  constructor() {
    beforeEach(async () => {
      this.#folder = await mkdtemp(join(tmpdir(), 'lintel-stand-ins-'));
      this.#mark = randomUUID();
      vi.stubEnv('PATH', [PROGRAMS, dirname(process.execPath), process.env.PATH].join(delimiter));
      vi.stubEnv('RUNTIME_DIRECTORY', this.#folder);
      vi.stubEnv('LINTEL_TEST', this.#mark);
    });
    afterEach(async () => {
      for (const program of this.programs) program.kill();
      vi.unstubAllEnvs();
      await rm(this.#folder, { recursive: true });
    });
  }

  /** What goes wrong in every stand-in that is started from now on. */
  set fault(fault: StandInFault) {
    vi.stubEnv('LINTEL_STAND_IN', JSON.stringify(fault));
  }

  /** What this test has started and still runs. */
  get programs(): RunningProcess[] {
    return RunningProcess.others().filter(({ environment }) =>
      environment.includes(`LINTEL_TEST=${this.#mark}`),
    );
  }

  /** No program is to be found. */
  withoutPrograms(): void {
    vi.stubEnv('PATH', '/usr/bin:/bin');
  }

  /** What is left in the folder for pipes. */
  get pipes(): string[] {
    return readdirSync(this.#folder);
  }
}

/** A camera that is open, and what came of it. */
export class Watched implements AsyncDisposable {
  readonly camera: Camera;
  readonly ring: SlotRing;
  /** Counts, as they stand in the frames. */
  readonly marks: number[] = [];
  readonly ended = Promise.withResolvers<CameraEnd>();
  #arrived = Promise.withResolvers<void>();

  /** @param look is shown each frame */
  constructor(camera: Camera, look: (slot: Slot) => void = () => {}) {
    this.camera = camera;
    this.ring = new SlotRing(camera.layout, 4);
    this.ring.onUnread(() => {
      const slot = this.ring.take()!;
      this.marks.push(slot.bytes[0]!);
      look(slot);
      this.ring.release(slot);
      this.#arrived.resolve();
      this.#arrived = Promise.withResolvers();
    });
  }

  open(): Promise<void> {
    return this.camera.open(this.ring, this.ended.resolve);
  }

  /** Resolves when so many frames were seen. @throws when the stream ends before */
  async frames(count: number): Promise<void> {
    const ended = this.ended.promise.then((end) => {
      throw end.reason === 'failed' ? end.error : new Error('the stream has ended');
    });
    while (this.marks.length < count) await Promise.race([this.#arrived.promise, ended]);
    ended.catch(() => {});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.camera.close();
  }
}
