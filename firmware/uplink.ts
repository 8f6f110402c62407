import { setFlagsFromString } from 'node:v8';
import { pino } from 'pino';
import manifest from '../package.json' with { type: 'json' };
import type { TlsFiles } from '../src/broker/tls-identity.ts';
import { Outbox } from '../src/spool/outbox.ts';
import { StatusFiles } from '../src/spool/status-files.ts';
import { SystemClock } from '../src/time/system-clock.ts';
import { chooseProfile, type ProfileName } from '../src/uplink/choose-profile.ts';
import { Uplink } from '../src/uplink/uplink.ts';
import { parseBrokerUrl } from '../src/wire/broker-url.ts';
import { checkAddress } from '../src/wire/report-topic.ts';

export interface UplinkSettings {
  /** Like mqtts://host or mqtt://user:password@127.0.0.1:1883. */
  readonly brokerUrl: string;
  /** Further nodes of the same broker. */
  readonly otherUrls?: readonly string[];
  readonly allowsOldMqtt?: boolean;
  readonly tls?: TlsFiles;
  readonly profile?: ProfileName;
  readonly site: string;
  readonly device: string;
  readonly spoolDir: string;
  /** After so long the next report is due; an hour if not given. */
  readonly windowSeconds?: number;
}

const HOUR_SECONDS = 3600;

const ENDING_SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/**
 * The program that owns the connection to the facilities side. It has no camera and no lines, and reads nothing but
 * the spool. Runs until SIGTERM or SIGINT; what is in the spool then stays there for the next run.
 * @returns the exit code
 * @throws LintelError when the settings or the spool cannot be used
 */
export async function runUplink(settings: UplinkSettings): Promise<number> {
  // Else the heap grows with what every try to connect leaves behind, long before V8 thinks of tidying up.
  setFlagsFromString('--optimize-for-size');
  const { site, device, spoolDir, otherUrls = [], windowSeconds = HOUR_SECONDS } = settings;
  const address = checkAddress({ site, device });
  const clock = new SystemClock();
  const discovered = { address, windowSeconds, version: manifest.version };
  const options = {
    broker: parseBrokerUrl(settings.brokerUrl),
    otherNodes: otherUrls.map(parseBrokerUrl),
    allowsOldMqtt: settings.allowsOldMqtt ?? false,
    ...(settings.tls && { tls: settings.tls }),
    address,
    profileFor: chooseProfile(settings.profile ?? 'native', discovered, clock),
    outbox: await Outbox.open(spoolDir),
    status: new StatusFiles(spoolDir),
    clock,
    log: pino({ name: 'uplink' }),
  };

  const ending = new AbortController();
  const end = () => ending.abort();
  for (const signal of ENDING_SIGNALS) process.on(signal, end);
  try {
    await new Uplink(options).run(ending.signal);
  } finally {
    for (const signal of ENDING_SIGNALS) process.off(signal, end);
  }
  options.log.info('ended');
  return 0;
}
