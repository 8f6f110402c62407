import { networkInterfaces } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { DoorwayProposal } from '../src/aiming/doorway-proposal.ts';
import { proposeDoorway } from '../src/aiming/proposal-file.ts';
import { saveDoorway } from '../src/aiming/save-doorway.ts';
import { ShownAiming } from '../src/aiming/shown-aiming.ts';
import { AimWeb } from '../src/aiming/web/aim-web.ts';
import { localLink } from '../src/aiming/web/local-link.ts';
import { loadSettings, loadSettingsFile } from '../src/config/settings.ts';
import { NodeDisk } from '../src/disk/node-disk.ts';
import { LintelError } from '../src/lintel-error.ts';

const LOOK_MS = 500;

export interface AimingOptions {
  /** Where a doorway that is saved is left for a program that may write the settings; else they are written here. */
  readonly propose?: string | undefined;
  /** Another one than that of the settings. */
  readonly port?: number;
}

/** The program that shows an installer what the camera sees, for as long as `vision` is aimed. */
export class Aiming {
  /** Resolves when aiming is over and the page is gone. */
  readonly over: Promise<void>;
  readonly #web: AimWeb;
  readonly #ending = new AbortController();

  /**
   * Resolves when the page is served.
   * @throws LintelError AIMING_NONE when nothing is aimed; AIMING_OPEN, AIMING_NO_LINK, AIMING_LISTEN
   */
  static async start(
    settingsFile: string,
    say: (line: string) => void,
    { propose, port }: AimingOptions = {},
  ): Promise<Aiming> {
    const disk = new NodeDisk();
    const { aiming, paths } = await loadSettings(settingsFile);
    const shown = new ShownAiming(paths.aim);
    const link = localLink(aiming.host, networkInterfaces());
    if (!(await shown.status())) {
      throw new LintelError(
        'AIMING_NONE',
        'nothing is aimed: switch the power off and on, and as soon as the sign is lit press the button five times in five seconds',
      );
    }
    const web = await AimWeb.start({
      link,
      port: port ?? aiming.port,
      shown,
      doorway: async (): Promise<DoorwayProposal> => {
        const { faces: _, ...doorway } = (await loadSettingsFile(settingsFile)).doorway;
        return doorway;
      },
      save: (doorway) =>
        propose === undefined
          ? saveDoorway(settingsFile, doorway, disk)
          : proposeDoorway(propose, settingsFile, doorway, disk),
      trouble: say,
    });
    return new Aiming(web, shown);
  }

  private constructor(web: AimWeb, shown: ShownAiming) {
    this.#web = web;
    this.over = this.#watch(shown);
  }

  get url(): string {
    return this.#web.url;
  }

  async close(): Promise<void> {
    this.#ending.abort();
    await this.over;
  }

  async #watch(shown: ShownAiming): Promise<void> {
    const { signal } = this.#ending;
    try {
      while (!signal.aborted && (await shown.status()))
        await delay(LOOK_MS, undefined, { signal }).catch(() => {});
    } finally {
      await this.#web.close();
    }
  }
}
