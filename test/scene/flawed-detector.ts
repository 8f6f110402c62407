import type { Box } from '../../src/geometry/box.ts';
import type { DetectionList } from '../../src/geometry/detection-list.ts';
import type { SeededRandom } from './seeded-random.ts';
import { type Face, FRAME_HEIGHT, FRAME_WIDTH } from './view.ts';
import type { Walker } from './walker.ts';

export interface Flaws {
  /** Share of faces that a frame's detection misses. */
  readonly missed: number;
  /** Share of the faces found that score too low to be counted. */
  readonly weak: number;
  /** Boxes with nothing in them for each frame; they score high. */
  readonly falseBoxes: number;
  /** Share of the faces found that are found again by a smaller box within. */
  readonly doubled: number;
  /** For how long each face is lost once it has come to the line. */
  readonly lostSeconds: number;
}

/** Standard deviation of a found box's centre and size, as a share of its size. */
const CENTRE_ERROR = 0.035;
const SIZE_ERROR = 0.05;

/** Says where faces are as a real detector does: nearly, mostly, and sometimes where there are none. */
export class FlawedDetector {
  readonly #flaws: Flaws;
  readonly #random: SeededRandom;
  readonly #lostFor = new WeakMap<Walker, number>();

  constructor(flaws: Flaws, random: SeededRandom) {
    this.#flaws = flaws;
    this.#random = random;
  }

  detect(faces: readonly Face[], seconds: number, into: DetectionList): void {
    const random = this.#random;
    into.clear();
    for (const { walker, box } of faces) {
      if (this.#isLost(walker, seconds) || random.chance(this.#flaws.missed)) continue;
      const countable = !random.chance(this.#flaws.weak);
      this.#add(box, countable, into);
      if (random.chance(this.#flaws.doubled)) this.#add(halved(box), countable, into);
    }
    if (random.chance(this.#flaws.falseBoxes)) {
      const size = 12 * 10 ** random.next();
      const x = random.between(0, FRAME_WIDTH) - size / 2;
      const y = random.between(0, FRAME_HEIGHT) - size / 2;
      this.#add({ x, y, width: size, height: size * 1.3 }, true, into);
    }
  }

  #isLost(walker: Walker, seconds: number): boolean {
    if (Math.abs(walker.place) > 0.15 && !this.#lostFor.has(walker)) return false;
    const lostFor = this.#lostFor.get(walker) ?? 0;
    this.#lostFor.set(walker, lostFor + seconds);
    return lostFor < this.#flaws.lostSeconds;
  }

  #add(box: Box, countable: boolean, into: DetectionList): void {
    const random = this.#random;
    const size = Math.sqrt(box.width * box.height);
    const width = box.width * Math.exp(random.normal(SIZE_ERROR));
    const height = box.height * Math.exp(random.normal(SIZE_ERROR));
    const x = box.x + (box.width - width) / 2 + random.normal(CENTRE_ERROR * size);
    const y = box.y + (box.height - height) / 2 + random.normal(CENTRE_ERROR * size);
    into.add(x, y, width, height, countable ? 0.9 : 0.5, countable);
  }
}

function halved(box: Box): Box {
  return {
    x: box.x + box.width / 4,
    y: box.y + box.height / 4,
    width: box.width / 2,
    height: box.height / 2,
  };
}
