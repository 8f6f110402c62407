/** @import { DoorwayProposal } from '../doorway-proposal.ts' */

/**
 * A line or an area whose points can be moved. Points are in fractions of the picture.
 * @typedef {'line' | 'in_area' | 'out_area' | 'area'} ShapeKey
 * @typedef {{ key: ShapeKey, points: [number, number][] }} Shape
 */

/** What each point is called, with its number from 1. */
const NAMES = {
  line: 'Doorway line, end',
  in_area: 'Area where people are once they are in, corner',
  out_area: 'Area where people are before, corner',
  area: 'Part that is seen, corner',
};

/**
 * @param {Shape} shape
 * @param {number} index
 */
export function pointName({ key }, index) {
  return `${NAMES[key]} ${index + 1}`;
}

/**
 * @param {DoorwayProposal} doorway
 * @returns {Shape[]} the doorway first; what is seen last
 */
export function shapesOf({ line, in_area = [], out_area = [], area = [] }) {
  /** @type {Shape[]} */
  const shapes = [
    { key: 'line', points: line ?? [] },
    { key: 'in_area', points: in_area },
    { key: 'out_area', points: out_area },
    { key: 'area', points: area },
  ];
  return shapes.filter(({ points }) => points.length > 0);
}

/**
 * To the nearest thousandth, within the picture.
 * @param {number} fraction
 */
export function placed(fraction) {
  return Math.round(Math.min(1, Math.max(0, fraction)) * 1_000) / 1_000;
}

/**
 * Adds a corner in the middle of the longest edge.
 * @param {[number, number][]} corners
 * @returns {[number, number][]}
 */
export function withCorner(corners) {
  const lengths = corners.map(([x, y], index) => {
    const [toX, toY] = corners[(index + 1) % corners.length] ?? [x, y];
    return Math.hypot(toX - x, toY - y);
  });
  const at = lengths.indexOf(Math.max(...lengths));
  const from = corners[at] ?? [0, 0];
  const to = corners[(at + 1) % corners.length] ?? [0, 0];
  /** @type {[number, number]} */
  const middle = [placed((from[0] + to[0]) / 2), placed((from[1] + to[1]) / 2)];
  return corners.toSpliced(at + 1, 0, middle);
}
