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

const LOOPBACK = /^127([.](25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;

/** @throws LintelError BROKER_URL_INVALID */
export function parseBrokerUrl(text: string): BrokerAddress {
  const url = URL.parse(text);
  const protocol = url?.protocol === 'mqtt:' ? 'mqtt' : url?.protocol === 'mqtts:' ? 'mqtts' : undefined;
  const isAddress = url?.hostname && url.port !== '0' && ['', '/'].includes(url.pathname);
  if (!protocol || !isAddress || /[?#]/.test(text)) throw invalid();
  return {
    protocol,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? PORTS[protocol] : Number(url.port),
    ...(url.username && { username: decoded(url.username) }),
    ...(url.password && { password: decoded(url.password) }),
  };
}

/** Whether `parseBrokerUrl` takes it. */
export function isBrokerUrl(text: string): boolean {
  try {
    return parseBrokerUrl(text) !== undefined;
  } catch {
    return false;
  }
}

/** What is no address would be looked up as a name, and may be anywhere. */
export function isThisMachine(host: string): boolean {
  return ['localhost', '::1'].includes(host) || LOOPBACK.test(host);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    throw invalid(error);
  }
}

/** The URL is not shown: it may hold a password. */
function invalid(cause?: unknown): LintelError {
  const message = "the broker's URL must be like mqtts://host or mqtt://host:1883";
  return new LintelError('BROKER_URL_INVALID', message, cause);
}
