import { describe, expect, it } from 'vitest';
import { systemError } from '../../src/disk/disk.ts';
import type { Luck, SimulatedDisk } from '../../src/disk/simulated-disk.ts';
import { StatusFiles, type StatusKind } from '../../src/spool/status-files.ts';
import { signerOf } from '../../src/wire/signature.ts';
import { decodeStatus } from '../../src/wire/status-codec.ts';
import { Door } from '../vision-rig/door.ts';

const ADDRESS = { site: 'house', device: 'door' };
const WINDOW_SECONDS = 60;
const WINDOW_MS = WINDOW_SECONDS * 1_000;
const NOON = Date.UTC(2026, 0, 1, 12) / 1_000;
const ALL_LUCK: Luck = { keepsName: () => true, keptBytes: (length) => length };

const bytesOf = (door: Door, kind: StatusKind = 'current') => new StatusFiles('/spool', door.disk).read(kind);
const statusOf = async (door: Door, kind?: StatusKind) => decodeStatus((await bytesOf(door, kind))!);

async function watching(disk?: SimulatedDisk): Promise<Door> {
  const door = new Door({ windowSeconds: WINDOW_SECONDS, framesPerSecond: 2 });
  if (disk) door.disk = disk;
  await door.watch();
  return door;
}

async function press(door: Door): Promise<void> {
  door.board.press();
  await door.clock.advance(200);
  door.board.release();
  await door.clock.advance(100);
}

/**
 * Watches for eight windows, on a disk with a key, and lets `happens` happen in every ten seconds.
 * @returns when each file was put in place, and what the status said then
 */
async function told(disk: SimulatedDisk, happens: (door: Door, second: number) => Promise<void>) {
  const door = await watching(disk.afterPowerCut(ALL_LUCK));
  const seen: string[] = [];
  door.disk.onStep = (step, path) => {
    if (step !== 'rename' || !/status$|lost$/.test(path)) return;
    seen.push(`${path} at ${door.clock.monotonicMs()}`);
  };
  const startMs = door.clock.monotonicMs();
  for (let second = 0; second < 8 * WINDOW_SECONDS; second += 10) {
    await happens(door, second);
    await door.clock.advance(startMs + (second + 10) * 1_000 - door.clock.monotonicMs());
    if (second % 60 === 0) seen.push(Buffer.from((await bytesOf(door))!).toString('hex'));
  }
  return { seen, last: await statusOf(door) };
}

/** A disk on which a camera has been, and left its key. */
async function usedDisk(): Promise<SimulatedDisk> {
  const door = await watching();
  await door.kill();
  return door.disk;
}

describe('the status of a device', () => {
  it('is there from the start on, signed, beside the one for when the connection is lost', async () => {
    const door = await watching();
    expect(await statusOf(door)).toMatchObject({ state: 'running', sense: 'wired', timeSeconds: NOON });
    expect(await statusOf(door, 'lost')).toMatchObject({ state: 'lost', timeSeconds: NOON });
    for (const kind of ['current', 'lost'] as const) {
      const signer = signerOf('Status', ADDRESS, (await bytesOf(door, kind))!);
      expect(Buffer.from(signer!)).toEqual(door.vision.publicKey);
    }
  });

  it('tells of a fault when the window ends, and no more once the camera has watched again', async () => {
    const door = await watching();
    door.board.setLamp('dead');
    await door.clock.advance(30_000);
    expect(await statusOf(door)).toMatchObject({ state: 'running', timeSeconds: NOON });
    await door.clock.advance(WINDOW_MS);
    expect(await statusOf(door)).toMatchObject({ state: 'fault-sign', timeSeconds: NOON + WINDOW_SECONDS });
    door.board.setLamp('whole');
    await door.clock.advance(15_000);
    expect(await statusOf(door)).toMatchObject({ state: 'fault-sign' });
    await door.clock.advance(WINDOW_MS);
    expect(await statusOf(door)).toMatchObject({ state: 'running', timeSeconds: NOON + 2 * WINDOW_SECONDS });
  });

  it('is the same to the last bit, at the same moments, whether residents opt out or not (P6)', async () => {
    const disk = await usedDisk();
    const quiet = await told(disk, async () => {});
    const busy = await told(disk, async (door, second) => {
      if ([30, 70, 110, 250, 400].includes(second)) await press(door);
    });
    expect(quiet.seen.filter((line) => line.startsWith('/spool/status at')).length).toBe(8);
    expect(busy).toEqual(quiet);
  });

  it('shows no opt-out by a fault that pauses meanwhile (P6)', async () => {
    const disk = await usedDisk();
    const breakLamp = (door: Door) => door.board.setLamp('dead');
    const quiet = await told(disk, async (door, second) => {
      if (second === 10) breakLamp(door);
    });
    const busy = await told(disk, async (door, second) => {
      if (second === 10) breakLamp(door);
      if ([70, 200].includes(second)) await press(door);
    });
    expect(quiet.last.state).toBe('fault-sign');
    expect(busy).toEqual(quiet);
  });

  it('that the disk refused is written when the next window begins', async () => {
    const door = new Door({ windowSeconds: WINDOW_SECONDS });
    door.disk.onStep = (_step, path) => {
      if (path.startsWith('/spool')) throw systemError('ENOSPC', path);
    };
    await door.watch();
    expect(await bytesOf(door)).toBeUndefined();
    expect(door.troubles).toMatchObject([{ where: 'status' }, { where: 'status' }]);
    door.disk.onStep = () => {};
    await door.clock.advance(WINDOW_MS);
    expect([(await statusOf(door)).state, (await statusOf(door, 'lost')).state]).toEqual(['running', 'lost']);
  });
});
