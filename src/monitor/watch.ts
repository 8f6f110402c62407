import { parseBrokerUrl } from '../wire/broker-url.ts';
import { checkTimeZone, describeReport } from './describe-report.ts';
import { reportJson } from './report-json.ts';
import { ReportSubscriber } from './report-subscriber.ts';

export interface WatchOptions {
  readonly brokerUrl: string;
  readonly json: boolean;
  /** Such as 'Europe/Berlin'; the machine's own if not given. */
  readonly timeZone?: string;
  /** Takes a line for each report. */
  readonly print: (line: string) => void;
  /** Takes a line on the state of the connection. */
  readonly note: (line: string) => void;
}

/** Prints every report that arrives, until `signal` is aborted. @throws LintelError BROKER_URL_INVALID, TIME_ZONE_UNKNOWN */
export async function watch(options: WatchOptions, signal: AbortSignal): Promise<void> {
  const { print, note, json, timeZone } = options;
  checkTimeZone(timeZone);
  const subscriber = new ReportSubscriber(parseBrokerUrl(options.brokerUrl), {
    report: (received) => print(json ? reportJson(received) : describeReport(received, timeZone)),
    subscribed: () => note('connected: reports are shown as they arrive'),
    trouble: note,
  });
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await subscriber.close();
}
