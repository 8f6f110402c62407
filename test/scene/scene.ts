import type { DetectionList } from '../../src/geometry/detection-list.ts';
import { FlawedDetector, type Flaws } from './flawed-detector.ts';
import { SeededRandom } from './seeded-random.ts';
import { ACROSS, distanceOfLine, TOWARDS, type View, visibleFaces } from './view.ts';
import { type Errand, type Walk, Walker } from './walker.ts';

export interface SceneOptions extends Flaws {
  /** How many people are on their way at once, at most. */
  readonly people: number;
  /** For how long people set out; those on their way then finish it. */
  readonly seconds: number;
  /** One of the usual rates, by chance, unless given. */
  readonly framesPerSecond?: number;
}

/** Metres between the ways of two people. */
const ELBOW_ROOM = 0.5;

const FRAME_RATES = [10, 12, 15, 20, 25];

/** A doorway with people coming and going, the same for the same seed, as a detector would tell of it. */
export class Scene {
  readonly view: View;
  /** The crossings of everybody who has set out. */
  readonly truth = { in: 0, out: 0 };
  /** Those of the people who have gone whose face could be seen on both sides of the line. */
  readonly shown = { in: 0, out: 0 };
  /** Told of everybody who sets out. */
  onWalker: (walker: Walker) => void = () => {};
  readonly #options: SceneOptions;
  readonly #random: SeededRandom;
  readonly #detector: FlawedDetector;
  readonly #framesPerSecond: number;
  #walkers: Walker[] = [];
  #seconds = 0;
  #nextSetsOut = 0;

  constructor(seed: number, options: SceneOptions) {
    this.#options = options;
    this.#random = new SeededRandom(seed);
    this.#detector = new FlawedDetector(options, this.#random);
    this.view = this.#random.chance(0.6) ? ACROSS : TOWARDS;
    const usual = FRAME_RATES[Math.floor(this.#random.between(0, FRAME_RATES.length))]!;
    this.#framesPerSecond = options.framesPerSecond ?? usual;
  }

  /**
   * Moves on by one frame and writes what is found in it.
   * @returns the seconds since the frame before, or 0 when everybody has gone
   */
  step(detections: DetectionList): number {
    const random = this.#random;
    // Frames come nearly in time, and now and then one is dropped.
    const seconds = ((random.chance(0.02) ? 2 : 1) * random.between(0.9, 1.1)) / this.#framesPerSecond;
    this.#seconds += seconds;
    if (this.#seconds < this.#options.seconds) this.#setOut();
    else if (this.#walkers.length === 0) return 0;
    for (const walker of this.#walkers) walker.step(seconds);
    for (const walker of this.#walkers) {
      if (!walker.gone) continue;
      this.shown.in += walker.shown.in;
      this.shown.out += walker.shown.out;
    }
    this.#walkers = this.#walkers.filter((walker) => !walker.gone);
    const faces = visibleFaces(this.view, this.#walkers);
    for (const { walker, box } of faces) walker.show(this.view.side(box));
    this.#detector.detect(faces, seconds, detections);
    return seconds;
  }

  #setOut(): void {
    const random = this.#random;
    const room = this.#options.people - this.#walkers.length;
    if (room === 0 || this.#seconds < this.#nextSetsOut) return;
    this.#nextSetsOut = this.#seconds + random.between(0, 2 / this.#options.people);
    const walk = this.view === ACROSS ? this.#walkAcross() : this.#walkTowards();
    // Nobody walks into another.
    if (this.#walkers.some((other) => Math.abs(other.walk.aside - walk.aside) < ELBOW_ROOM)) return;
    const company =
      walk.errand === 'pass' && room > 1 && random.chance(0.3) ? this.#withCompanion(walk) : [walk];
    for (const one of company) this.#add(one);
  }

  #walkAcross(): Walk {
    const random = this.#random;
    const aside = random.between(2.2, 5);
    const start = (random.chance(0.5) ? 1 : -1) * aside * 0.78;
    return { ...this.#person(), errand: this.#errand(), from: start, to: -start, aside };
  }

  /** Only faces that come are seen, so nobody turns back here. */
  #walkTowards(): Walk {
    const random = this.#random;
    const person = this.#person();
    const line = distanceOfLine(person.faceHeight);
    const errand = random.chance(0.1) ? 'pause' : 'pass';
    return {
      ...person,
      errand,
      from: -random.between(3, 5),
      to: line - 0.9,
      aside: random.between(-1.2, 1.2),
    };
  }

  #person(): Pick<Walk, 'speed' | 'faceHeight'> {
    const random = this.#random;
    const faceHeight = random.chance(0.15) ? random.between(1, 1.35) : random.between(1.45, 1.8);
    return { faceHeight, speed: random.chance(0.05) ? random.between(2, 3.5) : random.between(0.6, 1.8) };
  }

  #errand(): Errand {
    const luck = this.#random.next();
    if (luck < 0.8) return 'pass';
    if (luck < 0.88) return 'pause';
    return luck < 0.94 ? 'turn' : 'return';
  }

  /** The walker, and somebody who walks beside them or right behind. */
  #withCompanion(walk: Walk): Walk[] {
    const random = this.#random;
    const { faceHeight } = this.#person();
    const beside = random.chance(0.5);
    const behind = beside ? 0 : Math.sign(walk.from) * random.between(0.7, 1.2);
    const aside = beside ? random.between(0.55, 0.8) : random.normal(0.2);
    if (this.view === ACROSS)
      return [walk, { ...walk, faceHeight, from: walk.from + behind, aside: walk.aside + aside }];
    // Faces of unlike height are on the line at unlike distances; both set out well before their own.
    const shift = distanceOfLine(faceHeight) - distanceOfLine(walk.faceHeight);
    const from = walk.from - Math.max(0, shift);
    const companion = {
      ...walk,
      faceHeight,
      from: from + shift + behind,
      to: walk.to + shift,
      aside: walk.aside - Math.sign(walk.aside) * aside,
    };
    return [{ ...walk, from }, companion];
  }

  #add(walk: Walk): void {
    const walker = new Walker(walk, this.#random);
    this.truth.in += walker.crossings.in;
    this.truth.out += walker.crossings.out;
    this.#walkers.push(walker);
    this.onWalker(walker);
  }
}
