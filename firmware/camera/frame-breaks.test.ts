import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../test/scene/seeded-random.ts';
import { FrameBreaks } from './frame-breaks.ts';

const FRAME = 1_000;
const PERIOD_MS = 100;

interface Stream {
  /** How long the next piece is held up in being written, or read. */
  readonly heldUpMs?: () => number;
  readonly frames?: number;
  /** Bytes before the first frame. */
  readonly before?: number;
  /** Bytes in a frame as they are written. */
  readonly written?: number;
  /** From the end of a frame to the beginning of the next one. */
  readonly pauseMs?: (frame: number) => number;
}

/** What is said of each frame of 1000 bytes, up to the misfit, when they are written in pieces of 100. */
function judged({
  before = 0,
  written = FRAME,
  frames = 40,
  pauseMs = () => PERIOD_MS,
  heldUpMs = () => 0,
}: Stream): (boolean | 'misfit')[] {
  const breaks = new FrameBreaks(1_000 / PERIOD_MS, FRAME);
  const verdicts: (boolean | 'misfit')[] = [];
  let offset = 0;
  let nowMs = 500;
  const write = (bytes: number): void => {
    for (let left = bytes; left > 0 && !verdicts.includes('misfit'); ) {
      const piece = Math.min(left, 100, FRAME - offset);
      nowMs += 1 + heldUpMs();
      breaks.arrived(offset, nowMs);
      offset += piece;
      left -= piece;
      if (offset < FRAME) continue;
      offset = 0;
      verdicts.push(breaks.frameIsWhole);
      if (breaks.misfit) verdicts.push('misfit');
    }
  };
  write(before);
  for (let frame = 0; frame < frames; frame++) {
    write(written);
    nowMs += pauseMs(frame);
  }
  return verdicts;
}

const times = (count: number, verdict: boolean) => Array(count).fill(verdict);
const MISFIT = [...times(11, false), 'misfit'];

it('frames between pauses are whole, and so are frames without any pause', () => {
  expect(judged({})).toEqual(times(40, true));
  expect(judged({ pauseMs: () => 0 })).toEqual(times(40, true));
});

it.each([1, 21, 999])(
  'after %i bytes that are no frame none is whole from the first pause on, and soon that is said',
  (before) => {
    expect(judged({ before })).toEqual([true, ...MISFIT]);
  },
);

it.each([960, 1_050, 1_500])(
  'of frames of %i bytes few are taken for whole ones, and soon that is said',
  (written) => {
    const verdicts = judged({ written });
    expect(verdicts.filter((verdict) => verdict === true).length).toBeLessThan(verdicts.length / 2);
    expect(verdicts.at(-1)).toBe('misfit');
  },
);

it('a shifted frame is not taken for a whole one when it came without a pause', () => {
  const verdicts = judged({ before: 21, pauseMs: (frame) => (frame % 3 === 0 ? PERIOD_MS : 0) });
  expect(verdicts).toEqual([true, ...times(verdicts.length - 2, false), 'misfit']);
});

it('frames that pile up while nobody reads are no sign of a misfit', () => {
  const breaks = new FrameBreaks(10, FRAME);
  breaks.arrived(0, 0);
  for (let frame = 0, nowMs = 1_000; frame < 50; frame++, nowMs++) {
    breaks.arrived(500, nowMs);
    breaks.arrived(0, nowMs);
  }
  expect(breaks.misfit).toBe(false);
});

it('a frame in which the program was held up is not whole, and only those after the next pause are again', () => {
  const breaks = new FrameBreaks(10, FRAME);
  const frame = (startMs: number, lastMs: number): boolean => {
    breaks.arrived(0, startMs);
    breaks.arrived(900, lastMs);
    return breaks.frameIsWhole;
  };
  expect([frame(0, 2), frame(100, 170), frame(200, 202), frame(300, 302)]).toEqual([
    true,
    false,
    false,
    true,
  ]);
  expect(breaks.misfit).toBe(false);
});

describe('where everything has to wait for a processor', () => {
  const heldUp = (seed: number, share: number): (() => number) => {
    const random = new SeededRandom(seed);
    return () => (random.chance(share) ? PERIOD_MS : 0);
  };

  // A hold-up lasts for a whole frame's time: three of them in each are four times as slow as it should be.
  it.each([1, 2, 3])(
    'frames of the right size are no misfit, however often they are held up (%i)',
    (seed) => {
      for (const share of [0.05, 0.1, 0.3]) {
        for (const pauseMs of [0, PERIOD_MS]) {
          const stream = { frames: 1_000, pauseMs: () => pauseMs, heldUpMs: heldUp(seed, share) };
          expect(judged(stream)).not.toContain('misfit');
        }
      }
    },
  );

  it('most frames of a stream without other pauses are whole, but not those that were held up', () => {
    const verdicts = judged({ frames: 1_000, pauseMs: () => 0, heldUpMs: heldUp(1, 0.002) });
    expect(verdicts.filter((verdict) => verdict === true).length).toBeGreaterThan(750);
    expect(verdicts).toContain(false);
  });
});
