import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { I420Layout } from '../frame/i420.ts';
import { Boxes } from './boxes.ts';
import { ChangeGate, LOOKS_TO_SETTLE, MOST_REPEATS, STILL } from './change-gate.ts';

const layout = new I420Layout(64, 48);
const SIDE = 8;

/** A quiet picture, in which `at` is brighter than it was by `by`, over a whole cell. */
function picture(at = 0, by = 0, luma = 100): Uint8Array {
  const frame = layout.view(new Uint8Array(layout.byteLength).fill(128));
  frame.y.fill(luma);
  const [left, top] = [SIDE * (at % 8), SIDE * (Math.floor(at / 8) % 6)];
  for (let y = top; y < top + SIDE; y++) frame.y.fill(luma + by, y * 64 + left, y * 64 + left + SIDE);
  return new Uint8Array(frame.y.buffer);
}

function faces(...lefts: number[]): Boxes {
  const boxes = new Boxes(8);
  for (const left of lefts) boxes.add(left, 4, left + 20, 30, 0.9, 1);
  return boxes;
}

/** Hands frames to a gate; what the detector finds in each is `found`. */
class Rig {
  readonly gate = new ChangeGate(layout);
  found = faces();

  /** Whether the frame was looked at. */
  show(bytes = picture()): boolean {
    const looked = this.gate.mustLook(layout.view(bytes));
    if (looked) this.gate.looked(this.found);
    return looked;
  }

  /** How many of `frames` frames alike were looked at. */
  looks(frames: number, bytes = picture()): number {
    let looks = 0;
    for (let frame = 0; frame < frames; frame++) if (this.show(bytes)) looks++;
    return looks;
  }

  settled(): this {
    expect(this.looks(LOOKS_TO_SETTLE + 2)).toBe(LOOKS_TO_SETTLE + 1);
    return this;
  }
}

describe('the change gate', () => {
  it('lets a quiet scene be looked at until it is sure, and now and then after that', () => {
    const rig = new Rig().settled();
    expect(rig.looks(10 * (MOST_REPEATS + 1))).toBe(10);
  });

  it('has every frame looked at in which one cell, anywhere, is another', () => {
    for (let at = 0; at < 48; at++) {
      const rig = new Rig().settled();
      expect(rig.show(picture(at, STILL))).toBe(false);
      expect(rig.show(picture(at, STILL + 1))).toBe(true);
      expect(new Rig().settled().show(picture(at, -STILL - 1))).toBe(true);
    }
  });

  it('compares with the frame that was last looked at, so that what comes slowly does not go unseen', () => {
    const rig = new Rig().settled();
    const looked = [STILL, -STILL, STILL + 1].map((by) => rig.show(picture(20, by)));
    expect(looked).toEqual([false, false, true]);
    // As far again from the frame before, and too far from the one that was looked at.
    expect(new Rig().settled().looks(1, picture(20, STILL + 1))).toBe(1);
  });

  it('does not rest on a face that is found in some looks and missed in others', () => {
    const rig = new Rig();
    for (let frame = 0; frame < 100; frame++) {
      rig.found = frame % LOOKS_TO_SETTLE === 0 ? faces() : faces(10);
      expect(rig.show()).toBe(true);
    }
    rig.found = faces(10);
    expect(rig.looks(200)).toBeLessThan(30);
    rig.found = faces();
    // The one look of a while finds it missing: from then on every frame is looked at again until all is clear.
    while (!rig.show());
    expect(rig.looks(LOOKS_TO_SETTLE + 1)).toBe(LOOKS_TO_SETTLE);
  });

  it('answers with the faces of the last look, and with none of one that failed or was forgotten', () => {
    const rig = new Rig();
    rig.found = faces(2, 40);
    rig.settled();
    expect([rig.gate.faces.length, rig.gate.faces.left[1]]).toEqual([2, 40]);
    rig.gate.forget();
    expect(rig.gate.faces.length).toBe(0);
    expect(rig.looks(LOOKS_TO_SETTLE + 1)).toBe(LOOKS_TO_SETTLE + 1);
  });

  it('keeps nothing of a frame that was forgotten while it was looked at', () => {
    const rig = new Rig().settled();
    expect(rig.gate.mustLook(layout.view(picture(3, 50)))).toBe(true);
    rig.gate.forget();
    rig.gate.looked(faces(10));
    expect(rig.gate.faces.length).toBe(0);
    expect(rig.looks(LOOKS_TO_SETTLE + 1, picture(3, 50))).toBe(LOOKS_TO_SETTLE + 1);
  });

  it('looks at every frame of a busy scene, and then is soon quiet again', () => {
    const rig = new Rig().settled();
    for (let frame = 0; frame < 200; frame++) expect(rig.show(picture(frame, 60))).toBe(true);
    expect(rig.looks(100)).toBeLessThan(45);
  });

  it('keeps no faces of a look while it does not compare', () => {
    const rig = new Rig();
    for (let frame = 0; frame < 100; frame++) {
      rig.found = faces(frame);
      rig.show(picture(frame, 60));
      if (rig.gate.faces.length > 0) expect(rig.gate.faces.left[0]).toBe(frame);
    }
  });

  it('lets through only what was looked at itself or is, cell by cell, the frame last looked at (P3)', () => {
    const change = fc.record({
      at: fc.nat(47),
      by: fc.oneof(fc.constant(0), fc.integer({ min: -5, max: 5 })),
      light: fc.oneof(fc.constant(100), fc.integer({ min: 97, max: 103 })),
      times: fc.integer({ min: 1, max: 2 * LOOKS_TO_SETTLE }),
      forget: fc.nat(20),
      fails: fc.nat(20),
    });
    let unseen = 0;
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
        const gate = new ChangeGate(layout);
        let last: number[] | undefined;
        for (const { at, by, light, times, forget, fails } of changes) {
          const bytes = picture(at, by, light);
          for (let frame = 0; frame < times; frame++) {
            if (gate.mustLook(layout.view(bytes))) {
              if (fails === frame) gate.forget();
              else gate.looked(faces());
              last = fails === frame ? undefined : lumaMeans(bytes);
            } else {
              unseen++;
              const means = lumaMeans(bytes);
              expect(last).toBeDefined();
              for (const [cell, mean] of means.entries())
                expect(Math.abs(mean - last![cell]!)).toBeLessThanOrEqual(STILL);
            }
            if (forget === frame) {
              gate.forget();
              last = undefined;
            }
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(unseen).toBeGreaterThan(300);
  });
});

/** The mean of each cell, as plainly as it can be said. */
function lumaMeans(bytes: Uint8Array): number[] {
  return Array.from({ length: 48 }, (_, cell) => {
    let sum = 0;
    for (let at = 0; at < 64; at++) {
      sum += bytes[(SIDE * Math.floor(cell / 8) + (at >> 3)) * 64 + SIDE * (cell % 8) + (at & 7)]!;
    }
    return sum / 64;
  });
}
