/** @import { DoorwayProposal } from '../doorway-proposal.ts' */
import { byId } from './by-id.js';
import { shapesOf } from './shapes.js';

const NAMESPACE = 'http://www.w3.org/2000/svg';
const WAYS = {
  'left-to-right': [1, 0],
  'right-to-left': [-1, 0],
  'top-to-bottom': [0, 1],
  'bottom-to-top': [0, -1],
};

/**
 * Draws the doorway over a picture of this size: the line with an arrow for the way in, or the areas, and the edge of what is seen.
 * @param {DoorwayProposal} doorway
 * @param {number} width
 * @param {number} height
 */
export function draw(doorway, width, height) {
  const drawing = byId('drawing', SVGSVGElement);
  drawing.setAttribute('viewBox', `0 0 ${width} ${height}`);
  const marks = shapesOf(doorway).flatMap(({ key, points }) => {
    const path = points.map(([x, y]) => `${x * width},${y * height}`).join(' ');
    return outlined(key === 'line' ? 'polyline' : 'polygon', { class: key, points: path });
  });
  if (doorway.line) marks.push(...arrow(doorway, width, height));
  drawing.replaceChildren(...marks);
}

/**
 * At right angles to the line, to the side that is in.
 * @param {DoorwayProposal} doorway
 * @param {number} width
 * @param {number} height
 */
function arrow({ line, in_side = 'left-to-right' }, width, height) {
  const [[x1, y1], [x2, y2]] = line ?? [
    [0, 0],
    [0, 0],
  ];
  const [alongX, alongY] = [(x2 - x1) * width, (y2 - y1) * height];
  const length = Math.hypot(alongX, alongY);
  const way = WAYS[/** @type {keyof typeof WAYS} */ (in_side)] ?? [1, 0];
  if (length === 0) return [];
  const [acrossX, acrossY] = [alongY / length, -alongX / length];
  const side = acrossX * (way[0] ?? 0) + acrossY * (way[1] ?? 0) > 0 ? 1 : -1;
  const [x, y] = [((x1 + x2) / 2) * width, ((y1 + y2) / 2) * height];
  const reach = height / 6;
  const tip = [x + side * acrossX * reach, y + side * acrossY * reach];
  /** @param {number} back @param {number} beside */
  const at = (back, beside) =>
    `${(tip[0] ?? 0) - side * acrossX * back + (alongX / length) * beside},${(tip[1] ?? 0) - side * acrossY * back + (alongY / length) * beside}`;
  const head = reach / 3;
  return outlined('polyline', {
    class: 'way',
    points: `${x},${y} ${at(0, 0)} ${at(head, head)} ${at(0, 0)} ${at(head, -head)}`,
  });
}

/**
 * Once dark and wide and once in its colour, so that it is seen on every picture.
 * @param {string} tag
 * @param {Record<string, string>} attributes
 */
function outlined(tag, attributes) {
  return ['under', 'over'].map((layer) => {
    const mark = document.createElementNS(NAMESPACE, tag);
    for (const [name, value] of Object.entries(attributes)) mark.setAttribute(name, value);
    mark.classList.add(layer);
    return mark;
  });
}
