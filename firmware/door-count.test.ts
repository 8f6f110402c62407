import { expect, it } from 'vitest';
import { SystemRandom } from '../src/anonymise/random-source.ts';
import { parseSettings } from '../src/config/settings.ts';
import { settingsExample } from '../src/config/settings-example.ts';
import { SimulatedDisk } from '../src/disk/simulated-disk.ts';
import { I420Layout } from '../src/frame/i420.ts';
import { Outbox } from '../src/spool/outbox.ts';
import { Spool } from '../src/spool/spool.ts';
import { SimulatedClock } from '../src/time/simulated-clock.ts';
import { exampleSigner } from '../src/wire/example-signer.ts';
import { decodeReport } from '../src/wire/report-codec.ts';
import { DoorCount } from './door-count.ts';

it.each([
  [1_010, 'is watched all the time', 100],
  [2_010, 'is not watched in between', 0],
])('with a frame every %i ms the door %s', async (everyMs, _, coveragePercent) => {
  const [clock, disk] = [new SimulatedClock(), new SimulatedDisk()];
  const count = new DoorCount({
    settings: parseSettings(settingsExample(), '/lintel.toml'),
    windowSeconds: 60,
    layout: new I420Layout(64, 48),
    spool: await Spool.open({ spoolDir: '/spool', stateDir: '/state', disk }),
    address: { site: 'hall', device: 'front' },
    signer: exampleSigner(),
    random: new SystemRandom(),
    clock,
    windowBegins: () => {},
    dayReported: () => {},
    trouble: (error) => expect.unreachable(String(error)),
  });
  for (let pastMs = 0; pastMs < 125_000; pastMs += everyMs) {
    await clock.advance(everyMs);
    count.count([]);
  }
  await count.stop();
  const outbox = await Outbox.open('/spool', disk);
  const [, second] = await outbox.list();
  expect(decodeReport((await outbox.read(second!))!)).toMatchObject({ coveragePercent });
});
