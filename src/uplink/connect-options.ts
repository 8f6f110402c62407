import type { IClientOptions } from 'mqtt';
import type { TlsIdentity } from '../broker/tls-identity.ts';
import type { Clock } from '../time/clock.ts';
import type { BrokerAddress } from '../wire/broker-url.ts';
import type { Profile } from './profile/profile.ts';
import { willOptions } from './publish-options.ts';
import { IN_FLIGHT } from './sender.ts';

/** A dead connection is found in one and a half of these, and the address translators on the way keep it as long. */
const KEEPALIVE_SECONDS = 60;
/** The broker is to keep back what is larger: the library would take it whole into memory first. */
const LARGEST_BYTES = 16_384;

/** How long a broker may be silent about a connection, and about a message, before it is given up. */
export const PATIENCE = { connectMs: 15_000, acknowledgeMs: 30_000 };

export interface LinkOptions {
  readonly broker: BrokerAddress;
  readonly tls: TlsIdentity;
  readonly clientId: string;
  readonly clock: Clock;
  readonly profile: Profile;
  readonly patience: typeof PATIENCE;
  /** Whether MQTT 3.1.1 will do with a broker on another machine that has nothing newer. */
  readonly allowsOldMqtt: boolean;
}

export type TlsOptions = Partial<Awaited<ReturnType<TlsIdentity['options']>>>;

/** What the `mqtt` library is told of one connection. */
export function connectOptions(
  { broker, clientId, profile, patience }: Omit<LinkOptions, 'tls' | 'clock' | 'allowsOldMqtt'>,
  tls: TlsOptions,
  protocolVersion: 4 | 5,
): IClientOptions {
  const will = profile.will();
  return {
    ...broker,
    ...tls,
    // No setting reaches this. Node compares the host with the name in the certificate.
    rejectUnauthorized: true,
    clientId,
    protocolVersion,
    // The broker is to keep nothing of this camera's for it: the spool does.
    clean: true,
    ...(protocolVersion === 5 && {
      properties: { sessionExpiryInterval: 0, receiveMaximum: IN_FLIGHT, maximumPacketSize: LARGEST_BYTES },
    }),
    ...(will && { will: willOptions(will, protocolVersion) }),
    keepalive: KEEPALIVE_SECONDS,
    reconnectPeriod: 0,
    queueQoSZero: false,
    resubscribe: false,
    connectTimeout: patience.connectMs,
  };
}
