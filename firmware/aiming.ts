import { networkInterfaces } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { DoorwayProposal } from '../src/aiming/doorway-proposal.ts';
import { saveDoorway } from '../src/aiming/save-doorway.ts';
import { ShownAiming } from '../src/aiming/shown-aiming.ts';
import { AimWeb } from '../src/aiming/web/aim-web.ts';
import { localLink } from '../src/aiming/web/local-link.ts';
import { loadSettings, loadSettingsFile } from '../src/config/settings.ts';
import { NodeDisk } from '../src/disk/node-disk.ts';
import { LintelError } from '../src/lintel-error.ts';

const LOOK_MS = 500;

/**
 * Serves the page for aiming while `vision` is aimed; resolves when that is over, or `signal` is aborted.
 * @throws LintelError AIMING_NONE when nothing is aimed; AIMING_OPEN, AIMING_NO_LINK, AIMING_LISTEN
 */
export async function serveAiming(
  settingsFile: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const { aiming, paths } = await loadSettings(settingsFile);
  const shown = new ShownAiming(paths.aim);
  const link = localLink(aiming.host, networkInterfaces());
  if (!(await shown.status())) {
    throw new LintelError(
      'AIMING_NONE',
      'nothing is being aimed: switch the power on, and within a minute press the button five times in five seconds',
    );
  }
  const web = await AimWeb.start({
    link,
    port: aiming.port,
    shown,
    doorway: async (): Promise<DoorwayProposal> => {
      const { faces: _, ...doorway } = (await loadSettingsFile(settingsFile)).doorway;
      return doorway;
    },
    save: (doorway) => saveDoorway(settingsFile, doorway, new NodeDisk()),
    trouble: say,
  });
  say(`the page for aiming is at ${web.url}`);
  try {
    while (!signal.aborted && (await shown.status()))
      await delay(LOOK_MS, undefined, { signal }).catch(() => {});
    say('aiming is over');
  } finally {
    await web.close();
  }
}
