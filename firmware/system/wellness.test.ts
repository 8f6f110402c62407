import { describe, expect, it } from 'vitest';
import type { Disk } from '../../src/disk/disk.ts';
import { SimulatedClock } from '../../src/time/simulated-clock.ts';
import { SpoolProbe } from './spool-probe.ts';
import { Watchdog } from './watchdog.ts';
import type { Signs } from './wellness.ts';

const SECOND = 1_000;
const WATCHING: Signs['state'] = { phase: 'watching', sign: 'lit', sense: 'lit', fault: undefined };
const CLOSED: Signs['state'] = { phase: 'optedOut', sign: 'dark', sense: 'dark', fault: undefined };

/** A vision whose signs are set by hand, and which looks at ten frames a second unless told otherwise. */
function watched(state: Signs['state'] = WATCHING) {
  const clock = new SimulatedClock();
  const vision = { state, looks: true, writes: true, beats: 0, said: [] as string[], givenUp: 0 };
  let frames = 0;
  const probe = new SpoolProbe('/spool', {
    write: async () => {
      if (!vision.writes) await new Promise(() => {});
    },
  } as Partial<Disk> as Disk);
  new Watchdog({
    clock,
    probe,
    manager: { watchdogMs: 20 * SECOND, alive: () => vision.beats++ },
    look: () => {
      if (vision.looks) frames += 50;
      return { state: vision.state, framesLookedAt: frames };
    },
    trouble: (error) => vision.said.push((error as Error).message),
    giveUp: () => vision.givenUp++,
  });
  const beatsIn = async (seconds: number) => {
    const before = vision.beats;
    await clock.advance(seconds * SECOND);
    return vision.beats - before;
  };
  return { vision, beatsIn };
}

describe('vision is to end by itself', () => {
  it('when it has not been well for three quarters of the time that the service manager waits', async () => {
    const { vision, beatsIn } = watched();
    await beatsIn(60);
    vision.looks = false;
    await beatsIn(45 + 14);
    expect(vision.givenUp).toBe(0);
    await beatsIn(1);
    expect(vision.givenUp).toBe(1);
    await beatsIn(60);
    expect(vision.givenUp).toBe(1);
  });

  it('not when it was well again in between', async () => {
    const { vision, beatsIn } = watched();
    await beatsIn(60);
    for (let time = 0; time < 10; time++) {
      vision.looks = false;
      await beatsIn(45 + 10);
      vision.looks = true;
      await beatsIn(5);
    }
    expect(vision.givenUp).toBe(0);
  });
});

describe('the service manager is shown a sign of life', () => {
  it.each([
    ['while frames are looked at', WATCHING],
    ['while the resident has opted out', CLOSED],
    ['while a fault keeps the sensor closed', { ...CLOSED, phase: 'fault', sense: 'lit', fault: 'signLit' }],
  ] as const)('%s', async (_, state) => {
    const { vision, beatsIn } = watched(state);
    if (state !== WATCHING) vision.looks = false;
    expect(await beatsIn(3_600)).toBe(720);
    expect(vision.said).toEqual([]);
  });

  it('until no frame has been looked at for 45 seconds, and again when one is', async () => {
    const { vision, beatsIn } = watched();
    await beatsIn(60);
    vision.looks = false;
    expect(await beatsIn(45)).toBe(9);
    expect(await beatsIn(60)).toBe(0);
    expect(vision.said[0]).toMatch(/^no frame is looked at/);
    vision.looks = true;
    expect(await beatsIn(20)).toBe(4);
  });

  it('for 45 seconds of watching anew after a long time in which the camera was closed', async () => {
    const { vision, beatsIn } = watched(CLOSED);
    vision.looks = false;
    await beatsIn(3_600);
    vision.state = WATCHING;
    expect(await beatsIn(45)).toBe(9);
    expect(await beatsIn(60)).toBe(0);
  });

  it('until the sign has been seen to be other than it was told for five seconds, and that is no fault', async () => {
    const { vision, beatsIn } = watched();
    await beatsIn(60);
    vision.state = { ...WATCHING, sense: 'dark' };
    expect(await beatsIn(5)).toBe(1);
    expect(await beatsIn(60)).toBe(0);
    expect(vision.said[0]).toMatch(/^the sign is told to be lit, and is seen dark/);
  });

  it('until the spool has taken no write for 150 seconds', async () => {
    const { vision, beatsIn } = watched();
    await beatsIn(60);
    vision.writes = false;
    // The last write that went well is up to a minute old.
    expect(await beatsIn(90)).toBe(18);
    await beatsIn(120);
    expect(await beatsIn(60)).toBe(0);
    expect(vision.said.at(-1)).toMatch(/^the spool takes no write/);
  });
});
