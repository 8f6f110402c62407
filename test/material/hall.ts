import { HEIGHT, LINE_X, WALL_Y, WIDTH } from './scene.ts';

interface Surface {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly colour: readonly [red: number, green: number, blue: number];
}

/** Painted one over the other: the back wall, the door in its frame, the low wall with its cap, the floor with its line. */
const SURFACES: readonly Surface[] = [
  across(0, WALL_Y, [206, 200, 187]),
  { left: LINE_X - 206, top: 20, right: LINE_X + 206, bottom: WALL_Y, colour: [92, 74, 60] },
  { left: LINE_X - 190, top: 36, right: LINE_X + 190, bottom: WALL_Y, colour: [172, 188, 200] },
  { left: LINE_X - 3, top: 36, right: LINE_X + 3, bottom: WALL_Y, colour: [120, 128, 134] },
  across(WALL_Y, WALL_Y + 14, [104, 82, 64]),
  across(WALL_Y + 14, 610, [168, 160, 148]),
  across(596, 610, [116, 106, 96]),
  across(610, HEIGHT, [124, 116, 108]),
  { left: LINE_X - 3, top: 610, right: LINE_X + 3, bottom: HEIGHT, colour: [196, 176, 96] },
];

function across(top: number, bottom: number, colour: Surface['colour']): Surface {
  return { left: 0, top, right: WIDTH, bottom, colour };
}

/** The empty hall, RGB with 3 bytes a pixel, lit from the middle above. */
export function drawHall(): Uint8Array {
  const picture = new Uint8Array(WIDTH * HEIGHT * 3);
  for (const { left, top, right, bottom, colour } of SURFACES) {
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const light = 1 - 0.35 * Math.hypot((x - LINE_X) / WIDTH, (y - 200) / HEIGHT);
        picture.set(
          colour.map((channel) => channel * light),
          3 * (y * WIDTH + x),
        );
      }
    }
  }
  return picture;
}
