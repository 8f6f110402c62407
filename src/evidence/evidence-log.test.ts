import { expect, test } from 'vitest';
import { systemError } from '../disk/disk.ts';
import { cutAt, everyLuck } from '../disk/power-cuts.ts';
import { SimulatedDisk } from '../disk/simulated-disk.ts';
import { exampleSigner } from '../wire/example-signer.ts';
import { openCheckpoint } from './checkpoint.ts';
import { EvidenceLog } from './evidence-log.ts';
import { exampleDay, exampleStart } from './example-facts.ts';
import { CHECKPOINT_NAME, logFolder, segmentsIn } from './found-log.ts';
import { MerkleTree } from './merkle-tree.ts';
import { decodeHead, linesOf, replay } from './segment.ts';

const signer = exampleSigner();
const FOLDER = logFolder('/evidence', signer.publicKey);
/** Two or three records to a segment, and three segments. */
const SMALL = { segmentBytes: 1_300, segments: 3 };
const FACTS = [exampleStart(), exampleDay(0), exampleDay(1)];

const open = (disk: SimulatedDisk, sizes?: typeof SMALL) =>
  EvidenceLog.open({ folder: '/evidence', disk, signer, ...(sizes && { sizes }) });

async function filled(count: number, sizes?: typeof SMALL) {
  const disk = new SimulatedDisk();
  const log = await open(disk, sizes);
  for (let day = 0; day < count; day++) await log.add(exampleDay(day));
  return { disk, log };
}

const text = async (disk: SimulatedDisk, name: string) =>
  Buffer.from(await disk.read(`${FOLDER}/${name}`, 65_536)).toString();
const names = async (disk: SimulatedDisk) => segmentsIn(await disk.list(FOLDER));

/** Every record that is there, each segment checked against the one before. */
async function recordsIn(disk: SimulatedDisk) {
  const records: object[] = [];
  let tree: MerkleTree | undefined;
  for (const name of await names(disk)) {
    const [first, ...lines] = linesOf(Buffer.from(await text(disk, name)));
    const head = decodeHead(first);
    if (tree) expect(head.tree).toEqual(tree);
    replay(lines, head, ({ record, previous, ...fact }) => void records.push(fact));
    tree = head.tree;
  }
  return { records, tree: tree ?? new MerkleTree() };
}

test('what is added is there after a restart, in order, under the signed checkpoint', async () => {
  const { disk, log } = await filled(3);
  const again = await open(disk);
  expect(again.head).toEqual(log.head);
  expect(again.recent.map(({ record, time }) => [record, time])).toEqual([
    [0, exampleDay(0).time],
    [1, exampleDay(1).time],
    [2, exampleDay(2).time],
  ]);
  expect(openCheckpoint(await text(disk, CHECKPOINT_NAME), signer.publicKey)).toEqual(log.head);
});

test('nothing is over 64 KiB, and when there is no more room only the oldest goes, whose checkpoint is kept', async () => {
  const { disk, log } = await filled(20, SMALL);
  const kept = await names(disk);
  expect(kept).toHaveLength(SMALL.segments);
  for (const name of kept) expect((await text(disk, name)).length).toBeLessThanOrEqual(SMALL.segmentBytes);
  const oldest = decodeHead(linesOf(Buffer.from(await text(disk, kept[0]!)))[0]);
  expect(oldest.tree.size).toBeGreaterThan(0);
  expect(openCheckpoint(oldest.checkpoint, signer.publicKey).size).toBe(oldest.tree.size);
  const { records, tree } = await recordsIn(disk);
  expect(records).toHaveLength(20 - oldest.tree.size);
  expect({ size: tree.size, root: tree.root() }).toEqual(log.head);
});

test.each([3, 1])(
  'wherever the power is cut, what was acknowledged is there, and the log goes on from it: %i segments',
  async (segments) => {
    let cuts = 0;
    for (let cut = 0, powerHeld = false; !powerHeld; cut++) {
      const disk = new SimulatedDisk();
      cutAt(disk, cut);
      const acknowledged = await addAll(disk, segments);
      powerHeld = acknowledged === FACTS.length;
      for (const luck of everyLuck(disk)) {
        await checkFound(disk.afterPowerCut(luck), acknowledged, segments);
        cuts++;
      }
    }
    expect(cuts).toBeGreaterThan(100);
  },
);

test.each([1, 12, 22])(
  'the same when the power is cut again while the log is opened and goes on: first cut at step %i',
  async (cut) => {
    const disk = new SimulatedDisk();
    cutAt(disk, cut);
    const acknowledged = await addAll(disk, 3);
    for (const luck of everyLuck(disk)) {
      for (let second = 0; second < 4; second++) {
        const found = disk.afterPowerCut(luck);
        cutAt(found, second);
        await open(found, SMALL)
          .then((log) => log.add(FACTS[Math.min(log.head.size, 2)]!))
          .catch(() => {});
        for (const secondLuck of everyLuck(found)) {
          await checkFound(found.afterPowerCut(secondLuck), acknowledged, 3);
        }
      }
    }
  },
);

/** @returns how many were acknowledged before the power went */
async function addAll(disk: SimulatedDisk, segments: number): Promise<number> {
  let acknowledged = 0;
  try {
    const log = await open(disk, { ...SMALL, segments });
    for (const fact of FACTS) {
      await log.add(fact);
      acknowledged++;
    }
  } catch {
    // The power is gone.
  }
  return acknowledged;
}

async function checkFound(found: SimulatedDisk, acknowledged: number, segments: number): Promise<void> {
  const log = await open(found, { ...SMALL, segments });
  const { size } = log.head;
  expect(size).toBeGreaterThanOrEqual(acknowledged);
  const next = FACTS[size];
  await (next ? log.add(next) : log.retry());
  const expected = FACTS.slice(0, size + 1);
  const { records, tree } = await recordsIn(found);
  expect(records.length).toBeGreaterThan(0);
  expect(records).toEqual(expected.slice(segments === 1 ? -records.length : 0));
  const signed = openCheckpoint(await text(found, CHECKPOINT_NAME), signer.publicKey);
  expect(signed).toEqual({ size: tree.size, root: tree.root() });
  expect((await found.list(FOLDER)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
}

test('what a full disk refuses is kept, and written when there is room again', async () => {
  const disk = new SimulatedDisk();
  const log = await open(disk);
  await log.add(exampleStart());
  disk.onStep = (_step, path) => {
    throw systemError('ENOSPC', path);
  };
  await expect(log.add(exampleDay(0))).rejects.toThrow(/is full: make room/);
  await expect(log.add(exampleDay(1))).rejects.toMatchObject({ code: 'EVIDENCE_IO' });
  expect(log.head.size).toBe(1);
  disk.onStep = () => {};
  await log.retry();
  expect((await recordsIn(disk)).records).toEqual([exampleStart(), exampleDay(0), exampleDay(1)]);
  expect((await open(disk)).head).toEqual(log.head);
});

test('each key has a log of its own', async () => {
  const { disk } = await filled(2);
  const other = exampleSigner('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb');
  const log = await EvidenceLog.open({ folder: '/evidence', disk, signer: other });
  expect(log.head.size).toBe(0);
});

test.each<[string, (disk: SimulatedDisk, name: string) => Promise<void>]>([
  [
    'a record was changed',
    (disk, name) => change(disk, name, (all) => all.replace('"coverage":100', '"coverage":75')),
  ],
  [
    'the last record was taken away',
    (disk, name) => change(disk, name, (all) => all.replace(/[^\n]*\n$/, '')),
  ],
  ['half of the last record is gone', (disk, name) => change(disk, name, (all) => all.slice(0, -30))],
  ['every record is gone', (disk, name) => disk.remove(`${FOLDER}/${name}`)],
  [
    'its beginning was changed',
    (disk, name) => change(disk, name, (all) => all.replace('"first":0', '"first":1')),
  ],
  [
    'the checkpoint was changed',
    (disk) => change(disk, CHECKPOINT_NAME, (all) => all.replace('\n3\n', '\n2\n')),
  ],
])('a log of which %s is not gone on with, and is left as it is', async (_what, harm) => {
  const { disk } = await filled(3);
  const [name] = await names(disk);
  await harm(disk, name!);
  const before = await Promise.all((await disk.list(FOLDER)).map((left) => text(disk, left)));
  await expect(open(disk)).rejects.toMatchObject({
    code: 'EVIDENCE_BROKEN',
    message: expect.stringMatching(/move it away/),
  });
  expect(await Promise.all((await disk.list(FOLDER)).map((left) => text(disk, left)))).toEqual(before);
});

async function change(disk: SimulatedDisk, name: string, edit: (all: string) => string): Promise<void> {
  const before = await text(disk, name);
  expect(edit(before)).not.toBe(before);
  await disk.write(`${FOLDER}/${name}`, Buffer.from(edit(before)));
}
