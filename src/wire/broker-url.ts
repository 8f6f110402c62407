import { LintelError } from '../lintel-error.ts';

/** Where a broker listens, as the `mqtt` library takes it. */
export interface BrokerAddress {
  readonly protocol: 'mqtt' | 'mqtts';
  readonly host: string;
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
}

const PORTS = { mqtt: 1883, mqtts: 8883 };

/** @throws LintelError BROKER_URL_INVALID */
export function parseBrokerUrl(text: string): BrokerAddress {
  const url = URL.parse(text);
  const protocol = url?.protocol === 'mqtt:' ? 'mqtt' : url?.protocol === 'mqtts:' ? 'mqtts' : undefined;
  if (!url || !protocol || !url.hostname || /[?#]/.test(text) || !['', '/'].includes(url.pathname)) {
    // Not shown: it may hold a password.
    throw new LintelError(
      'BROKER_URL_INVALID',
      "the broker's URL must be like mqtts://host or mqtt://host:1883",
    );
  }
  return {
    protocol,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? PORTS[protocol] : Number(url.port),
    ...(url.username && { username: decodeURIComponent(url.username) }),
    ...(url.password && { password: decodeURIComponent(url.password) }),
  };
}
