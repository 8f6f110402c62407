import { REPORT_LEVELS, type ReportLevel } from '../wire/report.ts';

/** Which window a report is about. There is never more than one report of it. */
export interface ReportedWindow {
  readonly level: ReportLevel;
  readonly windowStartSeconds: number;
}

/** No file in the spool is longer; on a camera the kernel holds `vision` to it (LimitFSIZE). */
export const MAX_SPOOL_FILE_BYTES = 65_536;

const NAME = new RegExp(`^(0|[1-9][0-9]{0,9})-(${REPORT_LEVELS.join('|')})[.]report$`);

/** The file that holds the report of a window. */
export function spoolName({ level, windowStartSeconds }: ReportedWindow): string {
  return `${windowStartSeconds}-${level}.report`;
}

/** The file's name while it is written and its window is not yet marked. */
export function temporaryName(window: ReportedWindow): string {
  return `${spoolName(window)}.tmp`;
}

/** @returns undefined when the name is not one that `spoolName` gives */
export function parseSpoolName(name: string): ReportedWindow | undefined {
  const [, start, levelName] = NAME.exec(name) ?? [];
  const level = REPORT_LEVELS.find((known) => known === levelName);
  return level && { level, windowStartSeconds: Number(start) };
}

/** @returns undefined when the name is not one that `temporaryName` gives */
export function parseTemporaryName(name: string): ReportedWindow | undefined {
  return name.endsWith('.tmp') ? parseSpoolName(name.slice(0, -'.tmp'.length)) : undefined;
}
