import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { FaceDetector } from '../../src/detect/detector.ts';
import { type I420Frame, I420Layout } from '../../src/frame/i420.ts';
import { DetectionList } from '../../src/geometry/detection-list.ts';
import { type CutOut, cutOut } from '../material/cut-out.ts';
import { people } from '../material/people.ts';
import { HEIGHT, WIDTH } from '../material/scene.ts';
import { type Colours, quietHall, sense } from '../scene/quiet-hall.ts';

const BUILD = fileURLToPath(new URL('../../build/', import.meta.url));
const layout = new I420Layout(WIDTH, HEIGHT);
/** More frames than the gate asks for before it repeats an answer. */
const SETTLED = 13;
const NOISE = 2;
/** Where faces appear: on the wall, before the bright door, and where the floor meets its edge. */
const PLACES = [
  [130, 150],
  [640, 150],
  [900, 420],
] as const;
const hall = quietHall();
let seed = 0;

/** A detector as it runs at a door, beside one that looks at every frame. */
class Pair {
  readonly gated: FaceDetector;
  readonly always: FaceDetector;
  readonly found = new DetectionList();
  readonly truth = new DetectionList();

  constructor(gated: FaceDetector, always: FaceDetector) {
    this.gated = gated;
    this.always = always;
  }

  /** Lets the gate come to rest on a scene. */
  async settle(colours: Colours): Promise<void> {
    this.gated.forget();
    const shots = [shot(colours), shot(colours)];
    for (let frame = 0; frame < SETTLED; frame++) await this.gated.detect(shots[frame % 2]!, this.found);
    expect(this.gated.looked).toBe(false);
  }
}

let pair: Pair;
beforeAll(async () => {
  const options = { profile: 'near', layout, modelsDir: join(BUILD, 'models') } as const;
  pair = new Pair(
    await FaceDetector.open(options),
    await FaceDetector.open({ ...options, looksAlways: true }),
  );
  return async () => {
    await pair.gated.close();
    await pair.always.close();
  };
});

it('a face that comes, as faint as it can be found, on a ground of its own mean colour, is looked at in its first frame', async () => {
  let found = 0;
  for (const [index, place] of PLACES.entries()) {
    const person = await cutOut(join(BUILD, 'material/photos'), people[2 * index]!, 28 + 6 * index);
    const ground = withGround(hall, person, place);
    await pair.settle(ground);
    for (const strength of [0.1, 0.15, 0.2, 0.3, 0.45, 0.7, 1]) {
      const frame = shot(withFace(ground, person, place, strength));
      await pair.always.detect(frame, pair.truth);
      if (!hasFaceAt(pair.truth, place)) continue;
      await pair.gated.detect(frame, pair.found);
      expect(pair.gated.looked, `strength ${strength}`).toBe(true);
      expect(hasFaceAt(pair.found, place)).toBe(true);
      found++;
      break;
    }
  }
  expect(found).toBe(PLACES.length);
});

it('a face that comes slowly is looked at as soon as it can be found', async () => {
  const [place] = PLACES;
  const person = await cutOut(join(BUILD, 'material/photos'), people[1]!, 40);
  const ground = withGround(hall, person, place);
  await pair.settle(ground);
  let sure = 0;
  for (let strength = 0.02; sure < 3; strength += 0.03) {
    const frame = shot(withFace(ground, person, place, strength));
    await pair.gated.detect(frame, pair.found);
    await pair.always.detect(frame, pair.truth);
    if (!hasFaceAt(pair.truth, place)) continue;
    expect(hasFaceAt(pair.found, place), `strength ${strength}`).toBe(true);
    sure++;
  }
});

it('a face that stands still stays found, and is given again as what proves nothing new', async () => {
  const [place] = PLACES;
  const person = await cutOut(join(BUILD, 'material/photos'), people[0]!, 70);
  const scene = withFace(hall, person, place, 1);
  const shots = [shot(scene), shot(scene), shot(scene)];
  let repeated = 0;
  pair.gated.forget();
  for (let frame = 0; frame < 3 * SETTLED; frame++) {
    await pair.gated.detect(shots[frame % shots.length]!, pair.found);
    expect(hasFaceAt(pair.found, place)).toBe(true);
    if (pair.gated.looked) continue;
    repeated++;
    expect(pair.found.countable(0)).toBe(false);
  }
  expect(repeated).toBeGreaterThan(SETTLED);
});

function shot(colours: Colours): I420Frame {
  return sense(colours, layout, NOISE, seed++);
}

type Place = readonly [x: number, y: number];

/** The part of the person that is drawn: the head, down to a little under the chin. */
function eachPixel(
  person: CutOut,
  [x, y]: Place,
  draw: (at: number, from: number, opacity: number) => void,
): void {
  const [left, top] = [Math.round(x - person.faceX), Math.round(y - person.faceY)];
  const bottom = Math.min(person.height, Math.round(person.faceY * 2));
  for (let row = Math.max(0, -top); row < bottom; row++) {
    for (let column = Math.max(0, -left); column < person.width; column++) {
      const from = row * person.width + column;
      draw(3 * ((top + row) * WIDTH + left + column), 3 * from, person.opacity[from]!);
    }
  }
}

function withFace(colours: Colours, person: CutOut, place: Place, strength: number): Colours {
  const picture = colours.slice();
  eachPixel(person, place, (at, from, opacity) => {
    for (let channel = 0; channel < 3; channel++) {
      const part = opacity * strength;
      picture[at + channel] = picture[at + channel]! * (1 - part) + person.colours[from + channel]! * part;
    }
  });
  return picture;
}

/** A square ground of the head's mean colour, so that no contrast but the face's own tells of it. */
function withGround(colours: Colours, person: CutOut, [x, y]: Place): Colours {
  const sums = [0, 0, 0];
  let weight = 0;
  eachPixel(person, [x, y], (_, from, opacity) => {
    weight += opacity;
    for (let channel = 0; channel < 3; channel++) sums[channel]! += opacity * person.colours[from + channel]!;
  });
  const picture = colours.slice();
  const half = 90;
  for (let row = Math.max(0, y - half); row < y + half; row++) {
    for (let column = Math.max(0, x - half); column < x + half; column++) {
      for (let channel = 0; channel < 3; channel++) {
        picture[3 * (row * WIDTH + column) + channel] = sums[channel]! / weight;
      }
    }
  }
  return picture;
}

function hasFaceAt(list: DetectionList, [x, y]: Place): boolean {
  const box = { x: 0, y: 0, width: 0, height: 0 };
  for (let index = 0; index < list.length; index++) {
    list.readBox(index, box);
    if (x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height) return true;
  }
  return false;
}
