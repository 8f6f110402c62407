import { pino } from 'pino';
import { Outbox } from '../src/spool/outbox.ts';
import { SystemClock } from '../src/time/system-clock.ts';
import { Uplink } from '../src/uplink/uplink.ts';
import { parseBrokerUrl } from '../src/wire/broker-url.ts';
import { checkAddress } from '../src/wire/report-topic.ts';

export interface UplinkSettings {
  /** Like mqtts://host or mqtt://user:password@host:1883. */
  readonly brokerUrl: string;
  readonly site: string;
  readonly device: string;
  readonly spoolDir: string;
}

const ENDING_SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/**
 * The program that owns the connection to the facilities side. It has no camera and no lines, and reads nothing but
 * the spool. Runs until SIGTERM or SIGINT; what is in the spool then stays there for the next run.
 * @returns the exit code
 * @throws LintelError when the settings or the spool cannot be used
 */
export async function runUplink({ brokerUrl, site, device, spoolDir }: UplinkSettings): Promise<number> {
  const broker = parseBrokerUrl(brokerUrl);
  const address = checkAddress({ site, device });
  const outbox = await Outbox.open(spoolDir);
  const log = pino({ name: 'uplink' });

  const ending = new AbortController();
  const end = () => ending.abort();
  for (const signal of ENDING_SIGNALS) process.on(signal, end);
  try {
    await new Uplink({ broker, address, outbox, clock: new SystemClock(), log }).run(ending.signal);
  } finally {
    for (const signal of ENDING_SIGNALS) process.off(signal, end);
  }
  log.info('ended');
  return 0;
}
