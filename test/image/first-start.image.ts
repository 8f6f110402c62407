import { expect, it } from 'vitest';
import { receiveReport } from '../../src/monitor/received-report.ts';
import { BootedCard } from './booted-card.ts';
import { installedCard } from './installed-card.ts';
import { slowUnits } from './material.ts';

const WINDOW_SECONDS = 60;
const SAYS_WHO = /fingerprint\s+((?:[0-9a-f]{4}-){7}[0-9a-f]{4})/;

it('a card that was written and given settings watches, lights its sign, and reports by the key that it made; again after a restart', async () => {
  const { card, received } = await installedCard();
  await using camera = await BootedCard.start({
    image: card.image,
    dropIns: await slowUnits(WINDOW_SECONDS),
  });
  await camera.watching();
  expect(await camera.sign()).toBe('1');
  await camera.saidOnConsole('fingerprint ');
  const [, toldAtStart] = SAYS_WHO.exec(await camera.machine.console())!;
  expect(await nextSigner()).toBe(toldAtStart);

  // What the installer left is in its place, and the key is gone from where every computer can read it.
  expect(await camera.says('ls /boot/firmware/lintel /boot/firmware/lintel/keys')).not.toMatch(
    /lintel[.]toml$|camera[.]key/m,
  );
  expect(await camera.says('stat -c "%a %U %G" /etc/lintel/keys/camera.key')).toMatch(
    /^640 root lintel-uplink/,
  );
  for (const place of ['/etc/new', '/usr/new']) {
    expect(await camera.fails(`touch ${place}`)).toContain('Read-only file system');
  }
  expect(await camera.says('wdctl')).toMatch(/^Timeout: +15 seconds$/m);
  // Nobody has a password.
  await camera.fails("grep -hE '^[^:]+:[^*!x]' /etc/passwd /etc/shadow");
  const before = await camera.ledger();

  await camera.restart();
  await camera.watching();
  expect(await camera.fingerprint()).toBe(toldAtStart);
  expect(await nextSigner()).toBe(toldAtStart);
  expect(await camera.recordsSince(before)).toBeGreaterThan(1);

  /** Who signed the next report that the broker is given. */
  async function nextSigner(): Promise<string> {
    const seen = received.packets.length;
    const { topic, payload } = await received.until(() =>
      received.packets.slice(seen).find((packet) => packet.topic.includes('/report/')),
    );
    const { site, device, signedBy } = receiveReport(topic, Buffer.from(payload));
    expect({ site, device }).toEqual({ site: 'house', device: 'door' });
    return signedBy;
  }
});
