import { parseBrokerUrl } from '../wire/broker-url.ts';
import { checkTimeZone, describeReport } from './describe-report.ts';
import { KnownKeys } from './known-keys.ts';
import { describeStatus } from './received-status.ts';
import { reportJson } from './report-json.ts';
import { ReportSubscriber } from './report-subscriber.ts';

export interface WatchOptions {
  readonly brokerUrl: string;
  readonly json: boolean;
  /** Such as 'Europe/Berlin'; the machine's own if not given. */
  readonly timeZone?: string;
  /** Fingerprints of the doors' keys; without any, the first status of a door names its key. */
  readonly keys?: readonly string[];
  /** Takes a line for each report. */
  readonly print: (line: string) => void;
  /** Takes a line on the connection, on a door's state, and on what cannot be trusted. */
  readonly note: (line: string) => void;
}

/** Prints every report that arrives, until `signal` is aborted. @throws LintelError BROKER_URL_INVALID, TIME_ZONE_UNKNOWN */
export async function watch(options: WatchOptions, signal: AbortSignal): Promise<void> {
  const { print, note, json, timeZone } = options;
  checkTimeZone(timeZone);
  const keys = new KnownKeys(options.keys);
  const described = new Map<string, string>();
  const subscriber = new ReportSubscriber(parseBrokerUrl(options.brokerUrl), {
    report: (received) => {
      const trust = keys.trust(received, received.signedBy);
      print(json ? reportJson(received, trust) : describeReport(received, timeZone, trust));
    },
    status: (received) => {
      const trust = keys.learn(received, received.signedBy);
      const line = `${describeStatus(received)}${trust === 'verified' ? '' : ', which is ANOTHER KEY'}`;
      const door = `${received.site}/${received.device}`;
      // It comes with every window, and is news only when it says something else.
      if (described.get(door) !== line) note(line);
      described.set(door, line);
    },
    subscribed: () => note('connected: reports are shown as they arrive'),
    trouble: note,
  });
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await subscriber.close();
}
