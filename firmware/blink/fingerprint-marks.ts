/** For how long the sign is lit, and then dark. */
export interface Mark {
  readonly litMs: number;
  readonly darkMs: number;
}

/** Short is 0, long is 1. Docs: docs/decisions/0031-first-start.md. */
const SHORT_MS = 200;
const LONG_MS = 600;
const AFTER_MARK_MS = 200;
const AFTER_DIGIT_MS = 1_000;
const AFTER_GROUP_MS = 3_000;
const FLICKER: Mark = { litMs: 100, darkMs: 100 };
const FLICKERS = 10;
const BITS = [8, 4, 2, 1];

/**
 * A fingerprint as the sign blinks it: each hexadecimal digit as four marks, the highest bit first, between two flickers.
 * @param fingerprint groups of hexadecimal digits, with '-' between them
 */
export function fingerprintMarks(fingerprint: string): Mark[] {
  const groups = fingerprint.split('-').map((group) => [...group].map((digit) => Number.parseInt(digit, 16)));
  const marks = groups.flatMap((digits) => lengthened(digits.flatMap(digitMarks), AFTER_GROUP_MS));
  return [...lengthened(flicker(), AFTER_GROUP_MS), ...marks, ...flicker()];
}

function digitMarks(digit: number): Mark[] {
  const marks = BITS.map((bit) => ({
    litMs: (digit & bit) === 0 ? SHORT_MS : LONG_MS,
    darkMs: AFTER_MARK_MS,
  }));
  return lengthened(marks, AFTER_DIGIT_MS);
}

function flicker(): Mark[] {
  return new Array<Mark>(FLICKERS).fill(FLICKER);
}

/** The same, but dark for so long after the last one. */
function lengthened(marks: readonly Mark[], darkMs: number): Mark[] {
  return marks.map((mark, at) => (at === marks.length - 1 ? { ...mark, darkMs } : mark));
}
