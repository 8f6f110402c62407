import { describe, expect, it } from 'vitest';
import { EVIDENCE } from '../../firmware/vision-folders.ts';
import { systemError } from '../../src/disk/disk.ts';
import type { Luck, SimulatedDisk } from '../../src/disk/simulated-disk.ts';
import { CHECKPOINT_NAME, logFolder, segmentsIn } from '../../src/evidence/found-log.ts';
import { FIELDS, recordTime } from '../../src/evidence/record.ts';
import { verifyEvidence } from '../../src/evidence/verify-evidence.ts';
import { Outbox } from '../../src/spool/outbox.ts';
import { StatusFiles } from '../../src/spool/status-files.ts';
import { decodeReport } from '../../src/wire/report-codec.ts';
import { decodeStatus } from '../../src/wire/status-codec.ts';
import { Door } from '../vision-rig/door.ts';

const WINDOW_SECONDS = 900;
const WINDOW_MS = WINDOW_SECONDS * 1_000;
const ALL_LUCK: Luck = { keepsName: () => true, keptBytes: (length) => length };

const folder = (door: Door) => logFolder(`/state/${EVIDENCE}`, door.vision.publicKey);

/** The files as they lie there, name by name. */
async function files(door: Door): Promise<Record<string, string>> {
  const names = (await door.disk.list(folder(door))).sort();
  const texts = names.map(async (name) => {
    const bytes = await door.disk.read(`${folder(door)}/${name}`, 65_536);
    return [name, Buffer.from(bytes).toString()] as const;
  });
  return Object.fromEntries(await Promise.all(texts));
}

async function verified(door: Door) {
  const found = await files(door);
  const file = (name: string) => ({ name, bytes: Buffer.from(found[name]!) });
  const segments = segmentsIn(Object.keys(found)).map(file);
  return verifyEvidence({ segments, checkpoint: file(CHECKPOINT_NAME) });
}

const told = async (door: Door) => (await verified(door)).records.map(summary);

function summary({ record, previous, ...fact }: Awaited<ReturnType<typeof verified>>['records'][number]) {
  return fact.what === 'started' ? [fact.time, 'started'] : [fact.time, fact.what, fact.state];
}

async function watching(disk?: SimulatedDisk, timeZone = 'UTC'): Promise<Door> {
  const door = new Door({ windowSeconds: WINDOW_SECONDS, framesPerSecond: 1, timeZone });
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

/** Watches from eleven at night until one, and lets `happens` happen in every quarter. @returns all that can be seen */
async function overMidnight(disk: SimulatedDisk, happens: (door: Door, quarter: number) => Promise<void>) {
  const door = await watching(disk.afterPowerCut(ALL_LUCK), 'Pacific/Noumea');
  const seen: unknown[] = [];
  door.disk.onStep = (step, path) => {
    if (path.includes(EVIDENCE)) seen.push([step, path, door.clock.monotonicMs()]);
  };
  const startMs = door.clock.monotonicMs();
  for (let quarter = 0; quarter < 8; quarter++) {
    await happens(door, quarter);
    await door.clock.advance(startMs + (quarter + 1) * WINDOW_MS - door.clock.monotonicMs());
    seen.push(await files(door));
  }
  return { seen, told: await told(door) };
}

async function usedDisk(): Promise<SimulatedDisk> {
  const door = await watching();
  await door.kill();
  return door.disk;
}

describe('the evidence of a device', () => {
  it('has a start, each day, and each change of what the status says, and every status has its checkpoint', async () => {
    const door = await watching(undefined, 'Asia/Kolkata');
    const current = async () =>
      decodeStatus((await new StatusFiles('/spool', door.disk).read('current'))!).evidence;
    expect((await current()).size).toBe(1);
    door.board.setLamp('dead');
    await door.clock.advance(WINDOW_MS);
    door.board.setLamp('whole');
    await door.clock.advance(2 * WINDOW_MS);
    await door.clock.advance(6 * 3_600_000);
    expect(await told(door)).toEqual([
      ['2026-01-01T12:00:00Z', 'started'],
      ['2026-01-01T12:15:00Z', 'state', 'fault-sign'],
      ['2026-01-01T12:30:00Z', 'state', 'running'],
      ['2026-01-01T18:30:00Z', 'day', 'running'],
    ]);
    const { records, signed } = await verified(door);
    const evidence = await current();
    expect(evidence.size).toBe(records.length);
    expect(signed).toBe(records.length);
    const outbox = await Outbox.open('/spool', door.disk);
    const day = (await outbox.list()).find(({ level }) => level === 'day')!;
    const { windowStartSeconds, windowSeconds, coveragePercent } = decodeReport((await outbox.read(day))!);
    expect(records.at(-1)).toMatchObject({
      from: recordTime(windowStartSeconds),
      seconds: windowSeconds,
      coverage: coveragePercent,
    });
    expect(coveragePercent).toBe(25);
    const [name, ...more] = segmentsIn(Object.keys(await files(door)));
    expect(more).toEqual([]);
    const segments = [{ name: name!, bytes: Buffer.from((await files(door))[name!]!) }];
    verifyEvidence({ segments, kept: () => evidence });
  });

  it('is the same to the last bit, written at the same moments, whether residents opt out or not (P6)', async () => {
    const disk = await usedDisk();
    const quiet = await overMidnight(disk, async () => {});
    const busy = await overMidnight(disk, async (door, quarter) => {
      // Opted out for half a minute, as somebody who passes may; longer shows in the day's coverage, as it always did.
      if ([1, 2, 3, 6].includes(quarter)) {
        await press(door);
        await door.clock.advance(30_000);
        await press(door);
      }
    });
    expect(quiet.told.map(([, what]) => what)).toEqual(['started', 'day']);
    expect(busy).toEqual(quiet);
  });

  it('has these fields and no other: whoever adds one says what it tells of people (P6)', () => {
    const place = ['record', 'previous', 'time', 'what'];
    expect(FIELDS).toEqual({
      started: [...place, 'site', 'device', 'software', 'program', 'models', 'settings', 'sense'],
      state: [...place, 'state'],
      day: [...place, 'from', 'seconds', 'coverage', 'state', 'persons'],
    });
  });

  it('stays small when the program starts again and again', async () => {
    const door = await watching();
    for (let again = 0; again < 20; again++) {
      await door.kill();
      await door.watch();
    }
    expect(await told(door)).toEqual([['2026-01-01T12:00:00Z', 'started']]);
    await door.kill();
    await door.clock.advance(WINDOW_MS);
    await door.watch();
    expect(await told(door)).toEqual([
      ['2026-01-01T12:00:00Z', 'started'],
      ['2026-01-01T12:15:00Z', 'started'],
    ]);
  });

  it('that the disk refused is written when the next window begins, and holds nothing up meanwhile', async () => {
    const door = new Door({ windowSeconds: WINDOW_SECONDS, framesPerSecond: 1 });
    door.disk.onStep = (_step, path) => {
      if (path.includes(`/${EVIDENCE}/`)) throw systemError('ENOSPC', path);
    };
    await door.watch();
    expect(door.vision.state.phase).toBe('watching');
    expect(door.troubles).toMatchObject([{ where: 'evidence', error: { code: 'EVIDENCE_IO' } }]);
    expect(await new StatusFiles('/spool', door.disk).read('current')).toBeDefined();
    door.disk.onStep = () => {};
    await door.clock.advance(WINDOW_MS);
    expect(await told(door)).toEqual([['2026-01-01T12:00:00Z', 'started']]);
  });
});
