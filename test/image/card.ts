import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'smol-toml';
import { hostTool } from '../../deploy/host-tool.ts';
import { partition } from '../../deploy/image/partition-plan.ts';
import type { Certificate } from '../integration/uplink-authority.ts';

const MIB = 2 ** 20;
/** Where the image's own data partition has it. */
export const CLIP = '/var/lib/lintel/clip/door.y4m';

/** The machine that tests, as the emulated one sees it. */
export const HOST = '10.0.2.2';

/** A card that was written from the image, at an installer's desk. */
export class Card {
  readonly image: string;
  readonly #folder: string;

  private constructor(image: string, folder: string) {
    this.image = image;
    this.#folder = folder;
  }

  static async write(image: string, folder: string): Promise<Card> {
    const card = new Card(join(folder, 'card.img'), folder);
    await card.becomes(image);
    return card;
  }

  /** Writes it again, with what is on another. */
  async becomes(image: string): Promise<void> {
    await hostTool('cp', ['--sparse=always', image, this.image]);
  }

  /** What an installer puts on the boot partition: settings, and the certificates that they name. */
  async setUp(port: number, { ca, certificate, key }: Certificate): Promise<void> {
    const folder = join(this.#folder, 'lintel');
    await mkdir(join(folder, 'keys'), { recursive: true });
    const settings = {
      site: { name: 'house', device: 'door', place: 'lobby', purpose: 'Counting.' },
      camera: { driver: 'replay', file: CLIP },
      doorway: {
        line: [
          [0.5, 0],
          [0.5, 1],
        ],
        in_side: 'left-to-right',
      },
      lines: { sense_wired: false },
      broker: {
        url: `mqtts://${HOST}:${port}`,
        ca: 'keys/ca.pem',
        certificate: 'keys/camera.pem',
        key: 'keys/camera.key',
      },
    };
    await writeFile(join(folder, 'lintel.toml'), stringify(settings));
    for (const [from, to] of [
      [ca, 'ca.pem'],
      [certificate, 'camera.pem'],
      [key, 'camera.key'],
    ] as const) {
      await copyFile(from, join(folder, 'keys', to));
    }
    await this.#onStart('mcopy', '-s', '-o', folder, '::/');
  }

  /** The files of the folder for the installer, as a computer shows them. */
  async installersFiles(): Promise<string> {
    return this.#onStart('mdir', '-b', '-/', '::/lintel');
  }

  /** What says which slot is started. */
  async grubEnvironment(): Promise<string> {
    return this.#onStart('mtype', '::/EFI/debian/grubenv');
  }

  /** Puts a recording, and what else a test needs inside, into the data partition. */
  async add(files: Readonly<Record<string, string>>): Promise<void> {
    const { startMiB } = partition('data');
    const disk = `${this.image}?offset=${startMiB * MIB}`;
    const script = join(this.#folder, 'debugfs');
    const lines = Object.entries(files).map(([to, from]) => `write ${from} lintel/clip/${to}`);
    await writeFile(script, ['mkdir lintel/clip', ...lines, ''].join('\n'));
    await hostTool('debugfs', ['-w', '-f', script, disk]);
  }

  #onStart(program: string, ...args: string[]): Promise<string> {
    const disk = `${this.image}@@${partition('start').startMiB}M`;
    return hostTool(program, ['-i', disk, ...args]);
  }
}
