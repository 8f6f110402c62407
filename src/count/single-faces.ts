import type { Box } from '../geometry/box.ts';
import { DetectionList } from '../geometry/detection-list.ts';

/** A box with more than this share of its area within a larger one is the same face, found twice. */
const WITHIN = 0.7;

/**
 * Tells which detections count as people: the countable ones, without those that lie within a larger countable one.
 * A detector finds some faces twice, at two sizes; and no face can be seen inside another.
 */
export class SingleFaces {
  readonly #countable = new Uint8Array(DetectionList.CAPACITY);
  readonly #box: Box = { x: 0, y: 0, width: 0, height: 0 };
  readonly #other: Box = { x: 0, y: 0, width: 0, height: 0 };

  /** Looks through a frame's detections. */
  find(detections: DetectionList): void {
    for (let index = 0; index < detections.length; index++) {
      this.#countable[index] = detections.countable(index) && !this.#isDouble(detections, index) ? 1 : 0;
    }
  }

  countable(index: number): boolean {
    return this.#countable[index] === 1;
  }

  #isDouble(detections: DetectionList, index: number): boolean {
    const box = this.#box;
    const other = this.#other;
    detections.readBox(index, box);
    const area = box.width * box.height;
    for (let larger = 0; larger < detections.length; larger++) {
      if (!detections.countable(larger)) continue;
      detections.readBox(larger, other);
      if (other.width * other.height <= area) continue;
      const width = Math.min(box.x + box.width, other.x + other.width) - Math.max(box.x, other.x);
      const height = Math.min(box.y + box.height, other.y + other.height) - Math.max(box.y, other.y);
      if (width > 0 && height > 0 && width * height > WITHIN * area) return true;
    }
    return false;
  }
}
