import type { SeededRandom } from './seeded-random.ts';

/** What a person does at the line. */
export type Errand = 'pass' | 'pause' | 'turn' | 'return';

export interface Walk {
  readonly errand: Errand;
  /** Where the way begins and ends, in metres past the line: below 0 on the out side, above it on the in side. */
  readonly from: number;
  readonly to: number;
  /** Metres a second. */
  readonly speed: number;
  /** Middle of the face over the floor, in metres. */
  readonly faceHeight: number;
  /** Place beside the way, in metres; what it means is the view's affair. */
  readonly aside: number;
}

/** How hard people brake and set off, in metres a second for each second. */
const CHANGE_OF_PACE = 4;

/**
 * A crossing has shown itself when the face could be seen clearly on one side of the line in so many frames, and then on
 * the other, and was at no time between hidden for longer than this.
 */
const FRAMES_TO_SHOW = 3;
const LONGEST_HIDDEN_SECONDS = 3;

/** A person on a straight way over the line, with the sway of walking and standing. */
export class Walker {
  readonly walk: Walk;
  /** The crossings that the whole walk makes. */
  readonly crossings: { readonly in: number; readonly out: number };
  /** The face, in metres past the line and over the floor. */
  place: number;
  height: number;
  readonly #stops: { readonly at: number; restSeconds: number }[] = [];
  /** Of these, those that have shown themselves so far. */
  readonly shown = { in: 0, out: 0 };
  readonly #swayHertz: number;
  #swayTurn: number;
  #feet: number;
  #speed: number;
  #side = 0;
  #shownOn = 0;
  #frames = 0;
  #hiddenSeconds = 0;

  constructor(walk: Walk, random: SeededRandom) {
    this.walk = walk;
    this.#feet = this.place = walk.from;
    this.height = walk.faceHeight;
    this.#speed = walk.speed;
    this.#swayHertz = random.between(0.6, 1.8);
    this.#swayTurn = random.between(0, 2 * Math.PI);
    const inwards = walk.to > walk.from ? 1 : -1;
    const stop = (at: number, longest: number) =>
      this.#stops.push({ at, restSeconds: random.between(0, longest) });
    if (walk.errand === 'pause') stop(random.between(-0.04, 0.04), 5);
    if (walk.errand === 'turn') stop(inwards * random.between(-0.8, 0.02), 3);
    if (walk.errand === 'return') stop(inwards * random.between(0.5, 1.2), 3);
    const goesBack = walk.errand === 'turn' || walk.errand === 'return';
    stop(goesBack ? walk.from : walk.to, 0);
    const passes = walk.errand === 'turn' ? 0 : 1;
    const both = walk.errand === 'return';
    this.crossings = {
      in: inwards > 0 || both ? passes : 0,
      out: inwards < 0 || both ? passes : 0,
    };
  }

  get gone(): boolean {
    return this.#stops.length === 0;
  }

  step(seconds: number): void {
    this.#hiddenSeconds += seconds;
    const stop = this.#stops[0]!;
    const way = stop.at - this.#feet;
    const leaves = this.#stops.length === 1;
    const brakes = leaves ? this.walk.speed : Math.sqrt(2 * CHANGE_OF_PACE * Math.abs(way));
    this.#speed = Math.min(this.#speed + CHANGE_OF_PACE * seconds, this.walk.speed, brakes);
    const step = this.#speed * seconds;
    if (Math.abs(way) > Math.max(step, 0.01)) this.#feet += Math.sign(way) * step;
    else {
      this.#feet = stop.at;
      if (!leaves) this.#speed = 0;
      stop.restSeconds -= seconds;
      if (stop.restSeconds <= 0) this.#stops.shift();
    }
    this.#swayTurn += 2 * Math.PI * this.#swayHertz * seconds;
    this.place = this.#feet + 0.03 * Math.sin(this.#swayTurn);
    this.height = this.walk.faceHeight + 0.02 * Math.sin(2 * this.#swayTurn);
  }

  /** The face could be seen in this frame, on the in side of the line (1), on the out side (-1) or on it (0). */
  show(side: number): void {
    if (this.#hiddenSeconds > LONGEST_HIDDEN_SECONDS) this.#side = this.#shownOn = 0;
    this.#hiddenSeconds = 0;
    if (side === 0) return;
    this.#frames = side === this.#side ? this.#frames + 1 : 1;
    this.#side = side;
    if (this.#frames !== FRAMES_TO_SHOW) return;
    if (this.#shownOn === -side) this.shown[side > 0 ? 'in' : 'out']++;
    this.#shownOn = side;
  }
}
