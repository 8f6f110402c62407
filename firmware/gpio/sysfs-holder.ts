import { realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { RunningProcess } from '../system/running-process.ts';

/**
 * The other program that has files of an exported line open, in words; undefined if there is none. sysfs does not say
 * who exported a line, so a program that opens them for a moment only (a shell script), and one of another user, is
 * not found.
 * @param folder '/sys/class/gpio/gpioN'
 */
export function sysfsHolder(folder: string): string | undefined {
  const files = `${realpathSync(folder)}/`;
  const holder = RunningProcess.others().find(({ openFiles }) =>
    openFiles.some((file) => file.startsWith(files)),
  );
  return holder && `${basename(holder.command[0] ?? 'a program')} (process ${holder.pid})`;
}
