/** @import { PictureHints } from '../aiming-status.ts' */
import { byId, say } from './by-id.js';

const NAMESPACE = 'http://www.w3.org/2000/svg';
/** The darkest eighth, and the brightest sixteenth. */
const MOST_DARK = 0.6;
const MOST_BRIGHT = 0.15;

/** The sharpest that was seen since the lens was first turned. */
let best = 0;

export function watchFocus() {
  byId('focus-again', HTMLButtonElement).addEventListener('click', () => {
    best = 0;
  });
}

/** @param {PictureHints | undefined} hints */
export function showHints(hints) {
  if (!hints) {
    say('focus-note', 'Nothing to measure: all of the picture is covered.');
    return;
  }
  const { sharpness, histogram } = hints;
  best = Math.max(best, sharpness);
  const share = best > 0 ? Math.round((100 * sharpness) / best) : 0;
  byId('focus', HTMLMeterElement).value = share;
  say(
    'focus-note',
    `${share} of 100, where 100 is the sharpest so far. Turn the lens slowly, back and forth, while nobody moves.`,
  );
  showLight(histogram);
}

/** @param {readonly number[]} histogram */
function showLight(histogram) {
  const chart = byId('histogram', SVGSVGElement);
  const highest = Math.max(...histogram, 0.01);
  const bars = histogram.map((share, index) => {
    const bar = document.createElementNS(NAMESPACE, 'rect');
    const height = (48 * share) / highest;
    const place = { x: 10 * index, y: 48 - height, width: 9, height };
    for (const [name, value] of Object.entries(place)) bar.setAttribute(name, value.toFixed(1));
    return bar;
  });
  chart.replaceChildren(...bars);
  const dark = (histogram[0] ?? 0) + (histogram[1] ?? 0);
  const bright = histogram.at(-1) ?? 0;
  if (dark > MOST_DARK) say('light-note', 'Most of it is dark: more light at the door finds more faces.');
  else if (bright > MOST_BRIGHT)
    say('light-note', 'Part of it is white: turn the camera away from sky and lamps.');
  else say('light-note', 'The light is good.');
}
