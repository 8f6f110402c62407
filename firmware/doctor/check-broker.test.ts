import { networkInterfaces } from 'node:os';
import { expect, it, onTestFinished } from 'vitest';
import type { Settings } from '../../src/config/settings.ts';
import { EmbeddedBroker } from '../run/embedded-broker.ts';
import { checkBroker } from './check-broker.ts';

const isOnline = Object.values(networkInterfaces()).some((all) => all?.some(({ internal }) => !internal));

it.runIf(isOnline)(
  'a broker that knows MQTT 3.1.1 alone takes the camera over a network only where the settings allow that',
  async () => {
    const broker = await EmbeddedBroker.listen(0);
    onTestFinished(() => broker.close());
    // Not taken for this machine.
    const elsewhere = broker.url.replace('127.0.0.1', '[::ffff:127.0.0.1]');
    const stateOf = async (url: string, allowsOldMqtt: boolean) =>
      (await checkBroker({ broker: { url, allowsOldMqtt } } as Settings)).state;
    expect(await stateOf(elsewhere, false)).toBe('fail');
    expect(await stateOf(elsewhere, true)).toBe('ok');
    expect(await stateOf(broker.url, false)).toBe('ok');
  },
);
