import { PROMISED } from '../../src/monitor/alarms/claims.ts';
import type { Report, ReportedCount } from '../../src/wire/report.ts';
import { SeededRandom } from '../scene/seeded-random.ts';
import { keyOf, type MonitorRig, NOW_SECONDS, newSigner } from './monitor-rig.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const K = 10;
const { noiseDeviationThousandths } = PROMISED.window;

/** A few buildings with all that can be wrong at a door, and two weeks of counts at one door: what the pictures show. */
export async function fillStreet(rig: MonitorRig): Promise<void> {
  const random = new SeededRandom(11);
  const start = NOW_SECONDS - HOUR;
  for (const device of ['front', 'garden', 'garage', 'loading-bay']) {
    await rig.camera({ site: 'riverside-12', device }, counts(random, 15, start));
  }
  await rig.camera(
    { site: 'mill-lane-3', device: 'front' },
    { ...counts(random, 4, start), coveragePercent: 75 },
  );
  await rig.camera(
    { site: 'mill-lane-3', device: 'yard' },
    {
      ...counts(random, 14, start),
      out: { status: 'not-measured', value: 0 },
    },
  );
  const faulty = await rig.camera({ site: 'old-depot', device: 'gate' }, counts(random, 10, start));
  await rig.status({ site: 'old-depot', device: 'gate' }, faulty, { state: 'fault-sign' });
  const older = await rig.camera({ site: 'old-depot', device: 'office' }, counts(random, 16, start));
  await rig.status({ site: 'old-depot', device: 'office' }, older, { software: [0, 0, 9] });
  const ahead = await rig.camera({ site: 'station-road-7', device: 'main' }, counts(random, 17, start));
  await rig.status({ site: 'station-road-7', device: 'main' }, ahead, { timeSeconds: NOW_SECONDS + 900 });
  await rig.status({ site: 'station-road-7', device: 'side' }, newSigner());
  await rig.camera({ site: 'station-road-7', device: 'back' }, counts(random, 14, start));
  await rig.status({ site: 'station-road-7', device: 'back' }, newSigner());
  await rig.store.enrol({ site: 'station-road-7', device: 'roof' }, keyOf(newSigner()));
  await fillWeeks(rig, random);
  await fillAlarms(rig);
}

/** What was raised before now, and what has ended; the rest is found now. */
async function fillAlarms(rig: MonitorRig): Promise<void> {
  const { alarms } = rig.store;
  const depot = { site: 'old-depot', device: 'gate' };
  const yard = { site: 'mill-lane-3', device: 'yard' };
  await alarms.raise(depot, 'sign-fault', NOW_SECONDS - 2 * HOUR - 1_260);
  await alarms.raise({ site: 'station-road-7', device: 'roof' }, 'silent', NOW_SECONDS - 2 * DAY);
  await alarms.raise({ site: 'station-road-7', device: 'back' }, 'other-key', NOW_SECONDS - 540);
  for (const [from, to] of [
    [DAY + 5 * HOUR, DAY + 3 * HOUR],
    [7 * HOUR, 6 * HOUR],
  ] as const) {
    await alarms.raise(yard, 'silent', NOW_SECONDS - from);
    await alarms.end(yard, 'silent', NOW_SECONDS - to);
  }
  const [front] = await rig.store.doors('mill-lane-3');
  const claim = {
    site: 'mill-lane-3',
    device: 'front',
    kind: 'evidence',
    signedBy: front!.enrolledKey,
  } as const;
  await alarms.addClaims([claim], NOW_SECONDS);
  await rig.lookForAlarms();
}

/** Two weeks of one door, with a night nobody passes, and a morning in which a direction was not measured. */
async function fillWeeks(rig: MonitorRig, random: SeededRandom): Promise<void> {
  const door = { site: 'riverside-12', device: 'lobby' };
  const signer = await rig.camera(door, counts(random, 14, NOW_SECONDS - HOUR));
  for (let start = NOW_SECONDS - 16 * DAY; start < NOW_SECONDS - HOUR; start += HOUR) {
    const hour = (start % DAY) / HOUR;
    const unmeasured = start > NOW_SECONDS - DAY && hour < 3;
    await rig.report(door, signer, {
      ...counts(random, hour, start),
      ...(unmeasured ? { in: { status: 'not-measured', value: 0 } } : {}),
    });
  }
  for (let start = NOW_SECONDS - 15 * HOUR - 30 * DAY; start < NOW_SECONDS - DAY; start += DAY) {
    await rig.report(door, signer, {
      ...counts(random, 12, start, 9),
      level: 'day',
      windowSeconds: DAY,
    });
  }
}

function counts(random: SeededRandom, hour: number, windowStartSeconds: number, times = 1): Partial<Report> {
  const busy =
    hour < 6 ? 2 : 18 + 22 * Math.exp(-((hour - 8.5) ** 2) / 3) + 26 * Math.exp(-((hour - 17.5) ** 2) / 4);
  const count = (): ReportedCount => {
    const value = Math.round(times * busy * (0.7 + 0.6 * random.next()));
    return value < K ? { status: 'fewer-than-k', value: 0 } : { status: 'published', value };
  };
  return { windowStartSeconds, in: count(), out: count(), suppressBelow: K, noiseDeviationThousandths };
}
