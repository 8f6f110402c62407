import type { MonitorLog } from '../src/monitor/monitor-log.ts';

/** A log for a person: the time, what happened, and its details. */
export function lineLog(print: (line: string) => void): MonitorLog {
  const told = (details: object, message: string) => {
    const more = Object.entries(details).map(([name, value]) => `${name}: ${value}`);
    const text = [message, ...(more.length > 0 ? [`(${more.join(', ')})`] : [])].join(' ');
    // What a broker or a camera says may hold anything.
    print(`${new Date().toISOString()} ${text.replace(/\p{Cc}/gu, '?')}`);
  };
  return { info: told, warn: told };
}
