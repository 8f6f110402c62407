import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exampleSigner, repeatSigner, signedStatus } from './example-signer.ts';
import { exampleStatus } from './example-status.ts';
import { signerOf } from './signature.ts';
import { DEVICE_STATES, type Status } from './status.ts';
import { decodeStatus, encodeStatus, STATUS_BYTES } from './status-codec.ts';

const signer = exampleSigner();
const hall = { site: 'hall', device: 'front' };
const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });
const sha256 = fc.uint8Array({ minLength: 32, maxLength: 32 });

const statuses: fc.Arbitrary<Status> = fc.record({
  state: fc.constantFrom(...DEVICE_STATES),
  sense: fc.constantFrom('wired', 'read-back'),
  timeSeconds: fc.integer({ min: 1, max: 0xffff_ffff }),
  software: fc.tuple(uint32, uint32, uint32),
  modelsSha256: sha256,
  settingsSha256: sha256,
  evidence: fc.record({ size: uint32, root: sha256 }),
});

describe('the status codec', () => {
  test('every status has the same number of bytes, and comes back as it was', () => {
    fc.assert(
      fc.property(statuses, (status) => {
        const bytes = encodeStatus(status, hall, signer);
        expect(bytes.length).toBe(STATUS_BYTES);
        expect(decodeStatus(bytes)).toEqual(status);
      }),
    );
  });

  test('a status is signed, every bit of it', () => {
    const bytes = signedStatus();
    expect(Buffer.from(signerOf('Status', hall, bytes)!)).toEqual(signer.publicKey);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Uint8Array.from(bytes);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(signerOf('Status', hall, flipped), `bit ${bit}`).toBeUndefined();
    }
  });

  test.each<[string, Partial<Status>]>([
    ['a time before time', { timeSeconds: 0 }],
    ['a time after 32 bits', { timeSeconds: 2 ** 32 }],
    ['a time within a second', { timeSeconds: 1.5 }],
    ['a version below zero', { software: [0, -1, 0] }],
    ['a hash that is too short', { modelsSha256: new Uint8Array(31) }],
    ['a hash that is too long', { settingsSha256: new Uint8Array(33) }],
    ['less than no evidence', { evidence: { size: -1, root: new Uint8Array(32) } }],
    ['evidence without a root', { evidence: { size: 0, root: new Uint8Array() } }],
  ])('%s is never encoded', (_what, changes) => {
    const isInvalid = expect.objectContaining({ code: 'STATUS_INVALID' });
    expect(() => encodeStatus(exampleStatus(changes), hall, signer)).toThrow(isInvalid);
  });

  test('whatever the bytes are, they are refused with an error of ours or are exactly a status', () => {
    const anyBytes = fc.uint8Array({ minLength: STATUS_BYTES, maxLength: STATUS_BYTES });
    const nearlyStatuses = fc
      .tuple(statuses, fc.array(fc.tuple(fc.nat(STATUS_BYTES - 1), fc.nat(255)), { maxLength: 4 }))
      .map(([status, changes]) => {
        const bytes = encodeStatus(status, hall, signer);
        for (const [at, value] of changes) bytes[at] = value;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(anyBytes, nearlyStatuses), (bytes) => {
        try {
          const again = encodeStatus(decodeStatus(bytes), hall, repeatSigner(bytes));
          expect(Buffer.from(again)).toEqual(Buffer.from(bytes));
        } catch (error) {
          expect(error).toEqual(expect.objectContaining({ code: 'STATUS_MALFORMED' }));
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('an empty file, and a report, are no status', () => {
    expect(() => decodeStatus(new Uint8Array())).toThrow('this is not a status: it has 0 bytes, not 238');
  });
});
