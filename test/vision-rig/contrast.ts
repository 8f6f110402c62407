import type { ClosableDetector } from '../../firmware/vision.ts';
import type { Answer } from '../../src/detect/answer-memory.ts';
import type { I420Frame } from '../../src/frame/i420.ts';
import type { Slot } from '../../src/frame/slot-ring.ts';
import type { Box } from '../../src/geometry/box.ts';
import { DetectionList } from '../../src/geometry/detection-list.ts';
import type { Life } from './life.ts';

/** A step of brightness from one pixel to the next that no cover leaves. */
const SHARP = 100;

/** The box around everything sharp in a frame; undefined when nothing is: there is no face in it that can be made out. */
export function sharpPart({ y, layout: { width, height, lumaStride } }: I420Frame): Box | undefined {
  let left = width;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let row = 0; row < height; row++) {
    for (let x = 1; x < width; x++) {
      const at = row * lumaStride + x;
      if (Math.abs(y[at]! - y[at - 1]!) < SHARP) continue;
      left = Math.min(left, x - 1);
      right = Math.max(right, x);
      top = Math.min(top, row);
      bottom = row;
    }
  }
  return right < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** Takes whatever is sharp in a frame for one face, and looks at the frame's own pixels to find it. */
export class ContrastDetector implements ClosableDetector {
  readonly #life: Life;
  readonly #detectMs: number;
  readonly #looks: () => void;

  constructor(life: Life, detectMs: number, looks: () => void) {
    this.#life = life;
    this.#detectMs = detectMs;
    this.#looks = looks;
  }

  async detect({ sequence, frame }: Slot): Promise<Answer> {
    this.#looks();
    // The answer before this one may still be read: see `Answer`.
    const detections = new DetectionList();
    const face = sharpPart(frame);
    if (face) detections.add(face.x, face.y, face.width, face.height, 0.9, true);
    if (this.#detectMs > 0) await this.#life.pass(this.#detectMs);
    const timings = { compareMs: 0, sampleMs: 0, modelMs: 0, decodeMs: 0 };
    return { sequence, looked: true, detections, timings };
  }

  forget(): void {}

  async close(): Promise<void> {}
}
