import type { ConnectionWords } from '../broker/connection-words.ts';
import { type TlsFiles, TlsIdentity } from '../broker/tls-identity.ts';
import { LintelError } from '../lintel-error.ts';
import { type BrokerAddress, isThisMachine, parseBrokerUrl } from '../wire/broker-url.ts';
import { checkTimeZone, describeReport } from './describe-report.ts';
import { KnownKeys, MOST_DOORS, type Trust } from './known-keys.ts';
import { LatestLines } from './latest-lines.ts';
import { describeStatus } from './received-status.ts';
import { reportJson } from './report-json.ts';
import { ReportSubscriber, type SubscriberEvents } from './report-subscriber.ts';

export interface WatchOptions {
  readonly brokerUrl: string;
  readonly tls?: TlsFiles;
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

const WORDS: ConnectionWords = {
  url: '--broker',
  ca: '--ca',
  certificate: '--certificate',
  key: '--key-file',
  own: 'your certificate',
};

const KEY_NOTES: Readonly<Record<Trust, string>> = {
  verified: '',
  'other-key': ', which is ANOTHER KEY',
  'unknown-key': ', which is not known',
};

const FULL = `the keys of ${MOST_DOORS} doors are known, and of no further one: give the keys of your doors with --key`;

/**
 * Prints every report that arrives, until `signal` is aborted.
 * @throws LintelError BROKER_URL_INVALID, BROKER_PLAIN, BROKER_TLS_FILE, TIME_ZONE_UNKNOWN
 */
export async function watch(options: WatchOptions, signal: AbortSignal): Promise<void> {
  const { print, note, json, timeZone } = options;
  checkTimeZone(timeZone);
  const keys = new KnownKeys(options.keys);
  const told = new LatestLines();
  const broker = trustedAddress(options.brokerUrl);
  const tls = new TlsIdentity(options.tls ?? {}, WORDS);
  // What is wrong with the files is said at once.
  await tls.options();
  let isFull = false;
  const events: SubscriberEvents = {
    report: (received) => {
      const trust = keys.trust(received, received.signedBy);
      print(json ? reportJson(received, trust) : describeReport(received, timeZone, trust));
    },
    status: (received) => {
      const trust = keys.learn(received, received.signedBy);
      const line = `${describeStatus(received)}${KEY_NOTES[trust]}`;
      // It comes with every window, and is news only when it says something else.
      if (told.isNews(`${received.site}/${received.device}`, line)) note(line);
      if (trust === 'unknown-key' && !isFull) note(FULL);
      isFull ||= trust === 'unknown-key';
    },
    subscribed: () => note('connected: reports are shown as they arrive'),
    trouble: note,
  };
  const subscriber = new ReportSubscriber(broker, events, tls);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await subscriber.close();
}

/** The URL is not shown: it may hold a password. */
function trustedAddress(url: string): BrokerAddress {
  const broker = parseBrokerUrl(url);
  if (broker.protocol === 'mqtts' || isThisMachine(broker.host)) return broker;
  throw new LintelError(
    'BROKER_PLAIN',
    "the broker's URL is plain MQTT to another machine, which anybody on the way can forge: use mqtts://",
  );
}
