import type { IClientOptions } from 'mqtt';
import type { TlsIdentity } from '../../broker/tls-identity.ts';
import type { Clock } from '../../time/clock.ts';
import type { BrokerAddress } from '../../wire/broker-url.ts';
import { REPORT_TOPIC_FILTER } from '../../wire/report-topic.ts';
import { STATUS_TOPIC_FILTER } from '../../wire/status-topic.ts';

export interface InboxOptions {
  readonly broker: BrokerAddress;
  readonly tls: TlsIdentity;
  /** Further nodes of the same broker, of which any will do. */
  readonly otherNodes?: readonly BrokerAddress[];
  /** Names the session that the broker keeps. */
  readonly clientId: string;
  /** For so long it is asked to keep it while nobody is connected. */
  readonly keepSeconds: number;
  /** The group with which the reports are shared. */
  readonly share?: string | undefined;
  readonly clock: Clock;
  /** Resolves when the message may be acknowledged. @param isOld the broker had kept it for whoever subscribes */
  readonly take: (topic: string, bytes: Uint8Array, isOld: boolean) => Promise<void>;
}

/** So many messages are on their way into the store at once: with MQTT 5 the broker keeps to it. */
export const IN_FLIGHT = 1_000;
/** The broker is to keep back what is larger; no message of a camera is nearly so large. */
const LARGEST_BYTES = 4_096;
const KEEPALIVE_SECONDS = 60;
const CONNECT_MS = 15_000;

/** What the `mqtt` library is told of one connection. */
export function connectOptions(
  { broker, clientId, keepSeconds }: InboxOptions,
  tls: object,
  protocolVersion: 4 | 5,
): IClientOptions {
  return {
    ...broker,
    ...tls,
    // No setting reaches this. Node compares the host with the name in the certificate.
    rejectUnauthorized: true,
    clientId,
    protocolVersion,
    // The session outlives the connection: the broker keeps in it what was not acknowledged.
    clean: false,
    ...(protocolVersion === 5 && {
      properties: {
        sessionExpiryInterval: keepSeconds,
        receiveMaximum: IN_FLIGHT,
        maximumPacketSize: LARGEST_BYTES,
      },
    }),
    keepalive: KEEPALIVE_SECONDS,
    reconnectPeriod: 0,
    queueQoSZero: false,
    resubscribe: false,
    connectTimeout: CONNECT_MS,
    // Else it asks for each message, many times, whether somebody debugs it.
    log: () => {},
  };
}

/** Statuses go to every monitor, since only so the broker sends those that it had kept; reports to one of a group. */
export function filters(share: string | undefined): string[] {
  return [
    STATUS_TOPIC_FILTER,
    share === undefined ? REPORT_TOPIC_FILTER : `$share/${share}/${REPORT_TOPIC_FILTER}`,
  ];
}
