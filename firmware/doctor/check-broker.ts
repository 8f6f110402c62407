import { randomUUID } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import type { TLSSocket } from 'node:tls';
import { connect, type MqttClient } from 'mqtt';
import { explainTrouble } from '../../src/broker/explain-trouble.ts';
import { TlsIdentity } from '../../src/broker/tls-identity.ts';
import type { Settings } from '../../src/config/settings.ts';
import { errorCode } from '../../src/disk/disk.ts';
import { LintelError } from '../../src/lintel-error.ts';
import { isThisMachine, parseBrokerUrl } from '../../src/wire/broker-url.ts';
import { type Finding, fail, found, ok, skipped } from './finding.ts';

type TlsOptions = Awaited<ReturnType<TlsIdentity['options']>>;

const PATIENCE_MS = 10_000;

/**
 * Connects as this camera does, but under another client's name, since the broker would hang up on uplink; one that knows
 * cameras by their certificates alone (deploy/broker) does so all the same, and uplink comes back. Nothing is published. Of
 * the URL only host and port are shown: it may hold a password.
 */
export async function checkBroker({ broker }: Settings): Promise<Finding> {
  return found('broker', async () => {
    const address = parseBrokerUrl(broker.url);
    const where = `${address.host}:${address.port}`;
    const isOnline = Object.values(networkInterfaces()).some((all) => all?.some(({ internal }) => !internal));
    if (!isOnline && !isThisMachine(address.host)) {
      return skipped('broker', `${where} cannot be tried: this process has no network`);
    }
    const tls = address.protocol === 'mqtts' ? await tlsOf(broker) : {};
    if (tls === undefined) {
      return skipped('broker', "the keys are not this user's to read: run this as root, or as uplink's user");
    }
    const client = connect({
      ...address,
      ...tls,
      clientId: `lintel-doctor-${randomUUID().slice(0, 8)}`,
      // Over a network uplink takes nothing older unless it is said.
      protocolVersion: broker.allowsOldMqtt || isThisMachine(address.host) ? 4 : 5,
      reconnectPeriod: 0,
      connectTimeout: PATIENCE_MS,
    });
    const trouble = await connected(client);
    const secured = address.protocol === 'mqtts' ? described(client.stream as TLSSocket) : 'without TLS';
    client.end(true);
    if (trouble === undefined) return ok('broker', `${where} takes this camera, ${secured}`);
    return fail('broker', `${where}: ${trouble}; see that it runs there, and that broker.url names it`);
  });
}

/** @returns undefined when this user may not read the keys */
async function tlsOf(broker: Settings['broker']): Promise<TlsOptions | undefined> {
  try {
    return await new TlsIdentity(broker).options();
  } catch (error) {
    if (!(error instanceof LintelError) || errorCode(error.cause) !== 'EACCES') throw error;
    return undefined;
  }
}

/** @returns why it could not be; undefined when it was */
async function connected(client: MqttClient): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  client.once('connect', () => resolve(undefined));
  client.on('error', (error) => resolve(explainTrouble(error)));
  client.once('close', () => resolve(`it hung up, or was silent for ${PATIENCE_MS / 1_000} seconds`));
  return promise;
}

function described(stream: TLSSocket): string {
  const until = stream.getPeerX509Certificate?.()?.validTo;
  const dated =
    until === undefined
      ? ''
      : `; its certificate is valid until ${new Date(until).toISOString().slice(0, 10)}`;
  return `by ${stream.getProtocol?.() ?? 'TLS'}${dated}`;
}
