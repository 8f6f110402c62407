import { describe, expect, test } from 'vitest';
import { exampleSigner, signedStatus } from '../wire/example-signer.ts';
import { fingerprint } from '../wire/fingerprint.ts';
import { openCheckpoint } from './checkpoint.ts';
import { type ExampleEvidence, exampleEvidence } from './example-evidence.ts';
import { keptCheckpoint } from './kept-checkpoint.ts';
import { verifyEvidence } from './verify-evidence.ts';

const signer = exampleSigner();
const other = exampleSigner('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb');
const SMALL = { segmentBytes: 1_500, segments: 64 };
const text = ({ bytes }: { bytes: Uint8Array }) => Buffer.from(bytes).toString();
const broken = (fault: string, record?: number) =>
  expect.objectContaining({ code: 'EVIDENCE_BROKEN', fault, ...(record !== undefined && { record }) });

/** Evidence in which one file says something else. */
function edited(all: ExampleEvidence, index: number, edit: (before: string) => string): ExampleEvidence {
  const segments = all.segments.map((file, at) =>
    at === index ? { ...file, bytes: Buffer.from(edit(text(file))) } : file,
  );
  expect(text(segments[index]!)).not.toBe(text(all.segments[index]!));
  return { ...all, segments };
}

describe('verifying evidence', () => {
  test('what a device wrote holds, and all of it is signed', async () => {
    for (const sizes of [undefined, SMALL]) {
      const all = await exampleEvidence(9, sizes);
      const { records, signed, first } = verifyEvidence({ ...all, key: fingerprint(signer.publicKey) });
      expect([records.length, signed, first]).toEqual([10, 10, 0]);
    }
  });

  test.each([64, 2])(
    'no bit of a record, of a head or of the checkpoint can be changed: %i segments',
    async (segments) => {
      const all = await exampleEvidence(6, { ...SMALL, segments });
      expect(all.segments.length).toBeGreaterThan(1);
      const files = [...all.segments, all.checkpoint];
      for (const [index, { bytes }] of files.entries()) {
        for (let at = 0; at < bytes.length; at += 3) {
          const changed = Uint8Array.from(bytes);
          changed[at]! ^= 1 << (at & 7);
          const now = files.map((file, place) => (place === index ? { ...file, bytes: changed } : file));
          const harmed = { segments: now.slice(0, -1), checkpoint: now.at(-1)! };
          expect(() => verifyEvidence(harmed), `byte ${at} of file ${index}`).toThrow(
            expect.objectContaining({ code: 'EVIDENCE_BROKEN' }),
          );
        }
      }
    },
  );

  test('the first record that was changed is named', async () => {
    const all = await exampleEvidence(9, SMALL);
    const at = (record: number) =>
      all.segments.findIndex((file) => text(file).includes(`"record":${record},`));
    const lie = (record: number) =>
      edited(all, at(record), (before) =>
        before.replace(new RegExp(`("record":${record},.*"coverage":)100`), '$175'),
      );
    for (let record = 1; record < 9; record++) {
      const found = caught(() => verifyEvidence(lie(record)));
      // That the next one does not follow from it is all that can be seen, or that the next segment does not.
      expect(found).toEqual(broken('damaged', record + 1));
      expect(found.message).toContain('.evidence');
    }
    expect(caught(() => verifyEvidence(lie(9)))).toEqual(broken('damaged'));
  });

  test('records that were taken away are missed: at the end, in the middle, a whole segment', async () => {
    const all = await exampleEvidence(9, SMALL);
    const last = all.segments.length - 1;
    const withoutLast = edited(all, last, (before) => before.replace(/[^\n]*\n$/, ''));
    expect(caught(() => verifyEvidence(withoutLast))).toEqual(broken('missing', 9));
    const withoutSecond = { ...all, segments: all.segments.toSpliced(1, 1) };
    expect(caught(() => verifyEvidence(withoutSecond))).toEqual(broken('missing'));
    const gap = edited(all, 0, (before) => before.replace(/\n[^\n]*\n$/, '\n'));
    expect(caught(() => verifyEvidence(gap))).toEqual(broken('missing'));
  });

  test('what was cut off together with its checkpoint is missed by one that was kept elsewhere', async () => {
    const before = await exampleEvidence(5);
    const after = await exampleEvidence(8);
    const kept = (publicKey: Uint8Array) => openCheckpoint(text(after.checkpoint), publicKey);
    expect(verifyEvidence(before).records).toHaveLength(6);
    expect(caught(() => verifyEvidence({ ...before, kept }))).toEqual(broken('missing', 6));
    const older = (publicKey: Uint8Array) => openCheckpoint(text(before.checkpoint), publicKey);
    expect(verifyEvidence({ ...after, kept: older }).records).toHaveLength(9);
  });

  test('a log that was written anew with the very key is found out by a checkpoint that was kept', async () => {
    const all = await exampleEvidence(5);
    const other = await exampleEvidence(3);
    const root = openCheckpoint(text(all.checkpoint), signer.publicKey).root;
    expect(caught(() => verifyEvidence({ ...other, kept: () => ({ size: 3, root }) }))).toEqual(
      broken('damaged'),
    );
  });

  test('when old segments were removed, the rest holds, and says where it begins', async () => {
    const all = await exampleEvidence(12, { segmentBytes: 1_500, segments: 2 });
    const { first, records, signed } = verifyEvidence(all);
    expect(first).toBeGreaterThan(0);
    expect([first + records.length, signed]).toEqual([13, 13]);
    const removed = () => ({ size: 1, root: new Uint8Array(32) });
    expect(caught(() => verifyEvidence({ ...all, kept: removed })).message).toContain('were removed');
  });

  test('of one segment alone, what no checkpoint covers is not called signed', async () => {
    const { segments } = await exampleEvidence(9, SMALL);
    const alone = verifyEvidence({ segments: segments.slice(-1) });
    expect(alone.signed).toBe(alone.first);
    // What stood before it is signed, so nothing else can be put in its place.
    const peak = (before: string) =>
      before.replace(/"peaks":\["./, (start) => `${start.slice(0, -1)}${start.endsWith('0') ? 1 : 0}`);
    const last = { name: 'last', bytes: Buffer.from(peak(text(segments.at(-1)!))) };
    expect(caught(() => verifyEvidence({ segments: [last] }))).toEqual(broken('damaged', alone.first));
  });

  test("another key's evidence, and another key's checkpoint, are refused", async () => {
    const all = await exampleEvidence(3);
    const strange = await exampleEvidence(3, undefined, other);
    expect(caught(() => verifyEvidence({ ...all, key: fingerprint(other.publicKey) }))).toEqual(
      broken('key'),
    );
    expect(caught(() => verifyEvidence({ ...all, checkpoint: strange.checkpoint }))).toEqual(broken('key'));
    const mixed = { ...all, segments: [...all.segments, ...strange.segments] };
    expect(caught(() => verifyEvidence(mixed))).toEqual(broken('key'));
  });
});

describe('a checkpoint that was kept', () => {
  test('may be a status of the door, signed by the same key', async () => {
    const all = await exampleEvidence(3);
    const evidence = openCheckpoint(text(all.checkpoint), signer.publicKey);
    const against = (status: Uint8Array) => () =>
      verifyEvidence({ ...all, kept: (key, records) => keptCheckpoint(status, key, records) });
    expect(against(signedStatus({ evidence }))().records).toHaveLength(4);
    expect(caught(against(signedStatus({ evidence: { ...evidence, size: 5 } })))).toEqual(
      broken('missing', 4),
    );
    expect(caught(against(signedStatus({ evidence: { ...evidence, size: 2 } })))).toEqual(broken('damaged'));
    expect(caught(against(signedStatus({ evidence }, other)))).toEqual(broken('signature'));
  });

  test('is refused when it is something else', async () => {
    const { segments } = await exampleEvidence(3);
    const verify = (bytes: Uint8Array) => () =>
      verifyEvidence({ segments, kept: (key, records) => keptCheckpoint(bytes, key, records) });
    expect(caught(verify(Buffer.from('nothing')))).toEqual(broken('signature'));
    expect(caught(verify(new Uint8Array(238)))).toMatchObject({ code: 'STATUS_MALFORMED' });
  });
});

function caught(check: () => unknown): Error {
  try {
    check();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
