/** @import { CountSum } from '../count-sum.ts' */
/** @import { ShownBucket } from '../web/shown.ts' */
/** @import uPlot from 'uplot' */

/** Of the room that a bucket has. */
const BAR = 0.62;
const CAP = 0.16;

/**
 * @typedef {{ ink: string, bar: string, soft: string, before: string, none: string }} Paint
 * @param {uPlot} plot
 * @param {readonly ShownBucket[]} buckets
 * @param {'in' | 'out'} direction
 * @param {Paint} paint
 */
export function drawBuckets(plot, buckets, direction, paint) {
  const { ctx } = plot;
  const one = plot.valToPos(1, 'x', true) - plot.valToPos(0, 'x', true);
  const y = (/** @type {number} */ value) => plot.valToPos(Math.max(0, value), 'y', true);
  ctx.save();
  ctx.lineWidth = Math.max(1, devicePixelRatio * 1.5);
  for (const [at, bucket] of buckets.entries()) {
    const middle = plot.valToPos(at, 'x', true);
    const box = { left: middle - (one * BAR) / 2, width: one * BAR, middle, cap: one * CAP };
    drawSum(ctx, box, bucket[direction], y, plot.bbox, paint);
    const before = bucket.before?.[direction];
    if (!before || before.published + before.fewer === 0) continue;
    // Where last week lay, or between which bounds; wider than the bar, and dashed, so that it is told without colour.
    ctx.strokeStyle = paint.before;
    ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
    for (const bound of new Set([before.low, before.high])) {
      line(ctx, middle - one * 0.46, y(bound), middle + one * 0.46, y(bound));
    }
    ctx.setLineDash([]);
  }
  ctx.restore();
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {{ left: number, width: number, middle: number, cap: number }} box
 * @param {CountSum} sum
 * @param {(value: number) => number} y
 * @param {{ top: number, height: number }} area
 * @param {Paint} paint
 */
function drawSum(ctx, box, { low, high, error, published, fewer, unmeasured }, y, area, paint) {
  const { left, width, middle, cap } = box;
  if (published + fewer === 0) {
    if (unmeasured > 0) hatch(ctx, left, area.top, width, area.height, paint.none);
    return;
  }
  ctx.fillStyle = paint.bar;
  ctx.fillRect(left, y(low), width, y(0) - y(low));
  ctx.strokeStyle = paint.ink;
  if (high > low) {
    // Somewhere in here: that is all that was told.
    ctx.fillStyle = paint.soft;
    ctx.fillRect(left, y(high), width, y(low) - y(high));
    ctx.strokeRect(left, y(high), width, y(low) - y(high));
  }
  // A count alone that is fewer than k has no range but that.
  if (published === 0 && fewer === 1) return;
  line(ctx, middle, y(low - error), middle, y(high + error));
  line(ctx, middle - cap, y(low - error), middle + cap, y(low - error));
  line(ctx, middle - cap, y(high + error), middle + cap, y(high + error));
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x0
 * @param {number} y0
 * @param {number} x1
 * @param {number} y1
 */
function line(ctx, x0, y0, x1, y1) {
  ctx.beginPath();
  ctx.moveTo(x0, y0);
  ctx.lineTo(x1, y1);
  ctx.stroke();
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} left
 * @param {number} top
 * @param {number} width
 * @param {number} height
 * @param {string} colour
 */
function hatch(ctx, left, top, width, height, colour) {
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  ctx.strokeStyle = colour;
  for (let offset = -height; offset < width; offset += 7 * devicePixelRatio) {
    line(ctx, left + offset, top + height, left + offset + height, top);
  }
  ctx.restore();
}
