/** @import { ShownBucket } from '../web/shown.ts' */
import uPlot from 'uplot';
import { drawBuckets } from './chart-bars.js';

/** In the height of its letters, so that it grows with a wall. */
const HEIGHT = 17;

/**
 * Bars with the range in which the exact count lies in about 95 of 100. What is less than k is an empty box up to k, and what was
 * not measured a hatched band; neither is a bar of height zero. Last week is a line across the bar.
 * @param {HTMLElement} place
 * @param {readonly ShownBucket[]} buckets
 * @param {'in' | 'out'} direction
 * @param {readonly string[]} labels
 * @param {number} top of the scale
 * @returns {() => void} removes it
 */
export function drawChart(place, buckets, direction, labels, top) {
  const style = getComputedStyle(place);
  const ink = style.color;
  const paint = {
    ink,
    bar: style.getPropertyValue('--bar'),
    soft: style.getPropertyValue('--bar-soft'),
    before: style.getPropertyValue('--before'),
    grid: style.getPropertyValue('--line'),
    none: style.getPropertyValue('--quiet'),
  };
  const height = Math.round(HEIGHT * parseFloat(style.fontSize));
  const font = `${style.fontSize} ${style.fontFamily}`;
  const places = buckets.map((_, at) => at);
  const plot = new uPlot(
    {
      width: place.clientWidth,
      height,
      scales: { x: { time: false, range: [-0.5, buckets.length - 0.5] }, y: { range: [0, top] } },
      axes: [
        {
          stroke: ink,
          font,
          grid: { show: false },
          ticks: { show: false },
          size: 2 * parseFloat(style.fontSize),
          splits: () => everySoMany(places, labels, place.clientWidth),
          values: (_, splits) => splits.map((at) => labels[at] ?? ''),
        },
        {
          stroke: ink,
          font,
          size: 4.5 * parseFloat(style.fontSize),
          grid: { stroke: paint.grid, width: 1 },
          ticks: { show: false },
        },
      ],
      series: [{}, { paths: () => null, points: { show: false } }],
      cursor: { show: false },
      legend: { show: false },
      hooks: { draw: [(drawn) => drawBuckets(drawn, buckets, direction, paint)] },
    },
    [places, buckets.map((bucket) => bucket[direction].high)],
    place,
  );
  const observer = new ResizeObserver(() => {
    if (place.clientWidth !== plot.width) plot.setSize({ width: place.clientWidth, height });
  });
  observer.observe(place);
  return () => {
    observer.disconnect();
    plot.destroy();
  };
}

/**
 * The highest that anything in a chart reaches.
 * @param {readonly ShownBucket[]} buckets
 */
export function topOf(buckets) {
  const sums = buckets.flatMap((bucket) => [bucket, ...(bucket.before ? [bucket.before] : [])]);
  const reach = sums.flatMap(({ in: into, out }) => [into.high + into.error, out.high + out.error]);
  return 1.08 * Math.max(10, ...reach);
}

/**
 * Only so many labels as there is room for.
 * @param {readonly number[]} places
 * @param {readonly string[]} labels
 * @param {number} width
 */
function everySoMany(places, labels, width) {
  const longest = Math.max(...labels.map(({ length }) => length));
  const most = Math.max(1, Math.floor((width - 60) / (longest * 9 + 14)));
  const step = Math.ceil(places.length / most);
  return places.filter((at) => at % step === 0);
}
