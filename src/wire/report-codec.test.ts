import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exampleReport } from './example-report.ts';
import { exampleSigner, repeatSigner, signedExample } from './example-signer.ts';
import type { Report, ReportedCount } from './report.ts';
import { decodeReport, encodeReport, REPORT_BYTES } from './report-codec.ts';

const signer = exampleSigner();
const hall = { site: 'hall', device: 'front' };

const uint32 = (min: number) => fc.integer({ min, max: 0xffff_ffff });

const counts = (suppressBelow: number): fc.Arbitrary<ReportedCount> =>
  fc.oneof(
    fc.record({ status: fc.constant('published' as const), value: uint32(suppressBelow) }),
    fc.record({ status: fc.constantFrom('fewer-than-k', 'not-measured'), value: fc.constant(0) }),
  );

const reports: fc.Arbitrary<Report> = uint32(5).chain((suppressBelow) =>
  fc.record({
    level: fc.constantFrom('window', 'day'),
    windowStartSeconds: uint32(1),
    windowSeconds: fc.integer({ min: 1, max: 90_000 }),
    in: counts(suppressBelow),
    out: counts(suppressBelow),
    coveragePercent: fc.integer({ min: 0, max: 20 }).map((steps) => steps * 5),
    noiseDeviationThousandths: uint32(1),
    suppressBelow: fc.constant(suppressBelow),
    budget: fc.record({ numerator: uint32(1), denominator: uint32(1) }),
  }),
);

const isRefused = expect.objectContaining({ code: 'REPORT_MALFORMED' });

describe('the report codec', () => {
  test('every report has the same number of bytes, and comes back as it was', () => {
    fc.assert(
      fc.property(reports, (report) => {
        const bytes = encodeReport(report, hall, signer);
        expect(bytes.length).toBe(REPORT_BYTES);
        expect(decodeReport(bytes)).toEqual(report);
      }),
    );
  });

  test.each<[string, Partial<Report>]>([
    ['a published count under k', { in: { status: 'published', value: 9 } }],
    ['a value behind "fewer than k"', { in: { status: 'fewer-than-k', value: 3 } }],
    ['a value behind "not measured"', { out: { status: 'not-measured', value: 1 } }],
    ['a negative count', { out: { status: 'published', value: -1 } }],
    ['a count that is not whole', { out: { status: 'published', value: 20.5 } }],
    ['no noise', { noiseDeviationThousandths: 0 }],
    ['k under 5', { suppressBelow: 4 }],
    ['coverage in fine steps', { coveragePercent: 93 }],
    ['coverage over 100 %', { coveragePercent: 105 }],
    ['a budget over zero', { budget: { numerator: 1, denominator: 0 } }],
    ['a window longer than a day', { windowSeconds: 90_001 }],
    ['a window before time', { windowStartSeconds: 0 }],
    ['a window after 32 bits', { windowStartSeconds: 2 ** 32 }],
  ])('%s is never encoded', (_what, changes) => {
    const isInvalid = expect.objectContaining({ code: 'REPORT_INVALID' });
    expect(() => encodeReport(exampleReport(changes), hall, signer)).toThrow(isInvalid);
  });

  test('whatever the bytes are, they are refused with an error of ours or are exactly a report', () => {
    const anyBytes = fc.uint8Array({ maxLength: 2 * REPORT_BYTES });
    const nearlyReports = fc
      .tuple(reports, fc.array(fc.tuple(fc.nat(REPORT_BYTES - 1), fc.nat(255)), { maxLength: 4 }))
      .map(([report, changes]) => {
        const bytes = encodeReport(report, hall, signer);
        for (const [at, value] of changes) bytes[at] = value;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(anyBytes, nearlyReports), (bytes) => {
        try {
          const again = encodeReport(decodeReport(bytes), hall, repeatSigner(bytes));
          expect(Buffer.from(again)).toEqual(Buffer.from(bytes));
        } catch (error) {
          expect(error).toEqual(isRefused);
        }
      }),
      { numRuns: 5000 },
    );
  });

  test('a report with a field that the schema does not name is refused, even at the right size', () => {
    // Field 12, two bytes, in the place of the level.
    const bytes = signedExample();
    bytes[5] = 12 << 3;
    expect(() => decodeReport(bytes)).toThrow(isRefused);
    for (const at of [0, 62, REPORT_BYTES - 66, REPORT_BYTES]) {
      const more = [bytes.subarray(0, at), Uint8Array.of(12 << 3, 1), bytes.subarray(at)];
      expect(() => decodeReport(Buffer.concat(more))).toThrow(isRefused);
    }
  });

  test('a report with its fields in another order is refused', () => {
    const bytes = signedExample();
    const reordered = Buffer.concat([bytes.subarray(5, 7), bytes.subarray(0, 5), bytes.subarray(7)]);
    expect(() => decodeReport(reordered)).toThrow(isRefused);
  });

  test('a report of another schema version is refused by its number', () => {
    const bytes = signedExample();
    bytes[1] = 2;
    expect(() => decodeReport(bytes)).toThrow('its schema version is 2');
  });
});
