import { troublesOf } from './door-state.ts';
import { loadMonitorSettings } from './settings/monitor-settings.ts';
import { withStore } from './store/open-store.ts';

const HEAD = ['DOOR', 'STATE', 'HEARD', 'SOFTWARE', 'KEY'] as const;

/** Every door with what is wrong there, as a table for a person or as a list for a program. @throws LintelError */
export async function listDoors(settingsFile: string, json: boolean): Promise<string> {
  const { expected, store: kept } = await loadMonitorSettings(settingsFile);
  const nowSeconds = Math.floor(Date.now() / 1_000);
  const doors = await withStore(kept, async (store) => {
    const latest = new Map(
      (await store.latestReports(nowSeconds)).map(({ site, device, report }) => [
        `${site}/${device}`,
        report,
      ]),
    );
    return (await store.doors()).map((door) => ({
      door,
      troubles: troublesOf({ door, latest: latest.get(`${door.site}/${door.device}`), expected, nowSeconds }),
    }));
  });
  if (json) {
    const list = doors.map(({ door, troubles }) => ({ ...door, troubles }));
    return `${JSON.stringify(list, undefined, 2)}\n`;
  }
  if (doors.length === 0) return 'no door was heard of, and none is enrolled\n';
  const rows = doors.map(({ door, troubles }) => [
    `${door.site}/${door.device}`,
    troubles.join(', ') || 'ok',
    door.heardSeconds === undefined ? 'never' : new Date(door.heardSeconds * 1_000).toISOString(),
    door.status?.software.join('.') ?? '-',
    // Of a door that is not enrolled, what is to be compared with the camera's own word.
    door.enrolledKey ?? (door.status ? `(${door.status.signedBy})` : '-'),
  ]);
  return table([[...HEAD], ...rows]);
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = HEAD.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => cell.padEnd(widths[at]!))
      .join('  ')
      .trimEnd();
  return `${rows.map(line).join('\n')}\n`;
}
