import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Aiming } from '../../firmware/aiming.ts';
import { AimFolder } from '../../src/aiming/aim-folder.ts';
import type { AimingStatus } from '../../src/aiming/aiming-status.ts';
import { NodeDisk } from '../../src/disk/node-disk.ts';
import { I420Layout } from '../../src/frame/i420.ts';
import { FrameShrinker } from '../../src/still/shrink-frame.ts';
import { StillThread } from '../../src/still/still-thread.ts';
import { SystemClock } from '../../src/time/system-clock.ts';

const SETTINGS = `# The front door.
site = { name = 'house', device = 'door' }
camera = { driver = 'replay', file = 'door.y4m' }

[doorway]
line = [[0.5, 0], [0.5, 1]]
in_side = 'left-to-right'
`;

const WELL: AimingStatus = {
  endsInSeconds: 840,
  still: 0,
  coveredWhole: false,
  phase: 'watching',
  sign: 'lit',
  sense: 'lit',
  senseWired: true,
  button: 'up',
  presses: 5,
  hints: { sharpness: 120, histogram: [0, 0, 1, 2, 3, 4, 5, 4, 3, 2, 1, 0, 0, 0, 0, 0].map((n) => n / 25) },
};

/** The page for aiming over a real folder and a real settings file, with `vision` played by hand. */
export class AimRig {
  readonly settings: string;
  readonly said: string[] = [];
  readonly #folder: string;
  readonly #shown: AimFolder;
  #status = WELL;
  #aiming: Aiming | undefined;
  #told: Promise<void> = Promise.resolve();
  /** As `vision` does, which tells it again and again. */
  readonly #telling = setInterval(() => void this.tell({}), 1_000);

  static async start(changes: Partial<AimingStatus> = {}, settings = ''): Promise<AimRig> {
    const rig = new AimRig(await mkdtemp(join(tmpdir(), 'lintel-aim-')));
    const places = `[paths]\naim = '.'\n[aiming]\nport = 1\n${settings}`;
    await writeFile(rig.settings, SETTINGS + places);
    await rig.still();
    await rig.tell(changes);
    rig.#aiming = await Aiming.start(rig.settings, (line) => void rig.said.push(line), { port: 0 });
    return rig;
  }

  private constructor(folder: string) {
    this.#folder = folder;
    this.settings = join(folder, 'lintel.toml');
    this.#shown = new AimFolder(folder, new NodeDisk());
  }

  get url(): string {
    return this.#aiming!.url;
  }

  /** Resolves when the program has found that aiming is over, and is gone. */
  get over(): Promise<void> {
    return this.#aiming!.over;
  }

  tell(changes: Partial<AimingStatus>): Promise<void> {
    this.#status = { ...this.#status, ...changes };
    this.#told = this.#told.then(() => this.#shown.put('status', Buffer.from(JSON.stringify(this.#status))));
    return this.#told;
  }

  /** Another still: a hall with a doorway, and a covered face. */
  async still(): Promise<void> {
    const layout = new I420Layout(1280, 720);
    const frame = layout.view(new Uint8Array(layout.byteLength).fill(128));
    const fill = (x: number, y: number, width: number, height: number, luma: number) => {
      for (let row = y; row < y + height; row++) frame.y.fill(luma, row * 1280 + x, row * 1280 + x + width);
    };
    fill(0, 500, 1280, 220, 70);
    fill(480, 120, 320, 420, 190);
    fill(500, 140, 280, 400, 215);
    fill(840, 180, 120, 140, 150);
    const shrinker = new FrameShrinker(layout);
    const thread = new StillThread({ size: shrinker.size, clock: new SystemClock() });
    shrinker.shrink(frame, thread.planes);
    await this.#shown.put('still', await thread.encode());
    await thread.close();
    this.#status = { ...this.#status, still: this.#status.still + 1 };
  }

  async clear(): Promise<void> {
    clearInterval(this.#telling);
    await this.#told;
    await this.#shown.clear();
  }

  savedText(): Promise<string> {
    return readFile(this.settings, 'utf8');
  }

  async close(): Promise<void> {
    await this.#aiming?.close();
    await this.clear();
    await rm(this.#folder, { recursive: true });
  }
}
