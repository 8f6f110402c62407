/** @import { Shape } from './shapes.js' */
import { byId } from './by-id.js';
import { placed, pointName } from './shapes.js';

const STEP = 0.005;
const LARGE_STEP = 0.05;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * Makes a handle for each point, to be dragged, or moved with the arrow keys.
 * @param {readonly Shape[]} shapes
 * @param {() => void} moved called when a point has moved
 */
export function makeHandles(shapes, moved) {
  const place = byId('handles', HTMLElement);
  place.replaceChildren(
    ...shapes.flatMap((shape) => shape.points.map((_, index) => handle(place, shape, index, moved))),
  );
}

/**
 * @param {HTMLElement} place
 * @param {Shape} shape
 * @param {number} index
 * @param {() => void} moved
 */
function handle(place, shape, index, moved) {
  const made = document.createElement('span');
  made.className = `handle ${shape.key}`;
  made.tabIndex = 0;
  made.setAttribute('role', 'slider');
  made.setAttribute('aria-label', pointName(shape, index));
  made.setAttribute('aria-valuemin', '0');
  made.setAttribute('aria-valuemax', '100');
  const show = () => {
    const [x, y] = shape.points[index] ?? [0, 0];
    made.style.left = `${100 * x}%`;
    made.style.top = `${100 * y}%`;
    made.setAttribute('aria-valuenow', String(Math.round(100 * x)));
    made.setAttribute('aria-valuetext', `${percent(x)} from the left, ${percent(y)} from the top`);
  };
  /** @param {number} x @param {number} y */
  const move = (x, y) => {
    shape.points[index] = [placed(x), placed(y)];
    show();
    moved();
  };
  made.addEventListener('keydown', (event) => {
    const way = ARROWS[/** @type {keyof typeof ARROWS} */ (event.key)];
    if (!way) return;
    event.preventDefault();
    const step = event.shiftKey ? LARGE_STEP : STEP;
    const [x, y] = shape.points[index] ?? [0, 0];
    move(x + step * (way[0] ?? 0), y + step * (way[1] ?? 0));
  });
  made.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    made.focus();
    made.setPointerCapture(event.pointerId);
  });
  made.addEventListener('pointermove', (event) => {
    if (!made.hasPointerCapture(event.pointerId)) return;
    const { left, top, width, height } = place.getBoundingClientRect();
    move((event.clientX - left) / width, (event.clientY - top) / height);
  });
  show();
  return made;
}

/** @param {number} fraction */
function percent(fraction) {
  return `${(100 * fraction).toFixed(1)} %`;
}
