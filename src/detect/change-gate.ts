import type { I420Frame, I420Layout } from '../frame/i420.ts';
import { DetectionList } from '../geometry/detection-list.ts';
import { Boxes } from './boxes.ts';
import { SceneCells } from './scene-cells.ts';

/** A cell has changed when its rounded mean differs by more than this: the faintest faces that are found make it 4 or more. */
export const STILL = 2;
/** Looks in a row, at a scene that is still, that must agree before their answer is given again. */
export const LOOKS_TO_SETTLE = 10;
/** After so many frames in a row that were not looked at, one is. */
export const MOST_REPEATS = 64;
/** Frames in a row that changed before comparing rests, and how many it rests for. */
const STIRRED_TO_REST = 8;
const REST = 16;

/**
 * Says which frames the detector need not look at: those in which no cell differs from the same cell of the frame that
 * it last looked at. They have the answer of that look (promise P3).
 *
 * A face that is found in some looks and missed in others is looked for in every frame. Nothing is kept of a frame but
 * the faces and the means of its cells (promise P5), and these only until the next look, or until they are forgotten.
 */
export class ChangeGate {
  /** Of the last look. */
  readonly faces = new Boxes(DetectionList.CAPACITY);
  #now: SceneCells;
  #then: SceneCells;
  /** Whether `#now` is of the frame under way, and `#then` of the last look. */
  #isMeasured = false;
  #isKnown = false;
  #isStill = false;
  #agreed = 0;
  #repeated = 0;
  #stirred = 0;
  #rest = 0;

  constructor(layout: I420Layout) {
    this.#now = new SceneCells(layout);
    this.#then = new SceneCells(layout);
  }

  /** Whether `frame` has to be looked at; then `looked` or `forget` must follow. If not, `faces` is its answer. */
  mustLook(frame: I420Frame): boolean {
    if (this.#rest > 0) {
      this.#rest--;
      return true;
    }
    this.#now.measure(frame);
    this.#isMeasured = true;
    this.#isStill = this.#isKnown && this.#now.isWithin(STILL, this.#then);
    if (this.#isStill) this.#stirred = 0;
    else if (this.#isKnown) this.#stir();
    if (!this.#isStill || this.#agreed < LOOKS_TO_SETTLE || this.#repeated === MOST_REPEATS) return true;
    this.#repeated++;
    return false;
  }

  /** The detector has looked at the frame, and found `faces`. */
  looked(faces: Boxes): void {
    // Comparing rests, or the frame was forgotten while it was looked at.
    if (!this.#isMeasured) return;
    // Nothing will be compared with this look.
    if (this.#rest > 0) {
      this.#forgetLook();
      return;
    }
    [this.#then, this.#now] = [this.#now, this.#then];
    this.#isMeasured = false;
    this.#isKnown = true;
    this.#repeated = 0;
    this.#agreed = this.#isStill && faces.agrees(this.faces) ? this.#agreed + 1 : 0;
    this.faces.copy(faces);
  }

  /** Forgets the last look: the next frame is looked at. */
  forget(): void {
    this.#forgetLook();
    this.#stirred = this.#rest = 0;
  }

  #forgetLook(): void {
    this.#now.wipe();
    this.#then.wipe();
    this.faces.length = 0;
    this.#isMeasured = this.#isKnown = this.#isStill = false;
    this.#agreed = this.#repeated = 0;
  }

  /** In a busy scene comparing only costs: it rests after this look, and is tried again later. */
  #stir(): void {
    if (++this.#stirred >= STIRRED_TO_REST) this.#rest = REST;
  }
}
