import type { Boxes } from './boxes.ts';

/**
 * Greedy non-maximum suppression: adds to `faces`, best first, those `candidates` that overlap no better one by more
 * than `limit` (intersection over union). Empties `candidates`.
 */
export function keepBest(candidates: Boxes, limit: number, faces: Boxes): void {
  while (candidates.length > 0) {
    const best = indexOfBest(candidates);
    const left = candidates.left[best]!;
    const top = candidates.top[best]!;
    const right = candidates.right[best]!;
    const bottom = candidates.bottom[best]!;
    faces.add(left, top, right, bottom, candidates.score[best]!);
    candidates.remove(best);
    for (let i = candidates.length - 1; i >= 0; i--) {
      if (candidates.overlap(i, left, top, right, bottom) > limit) candidates.remove(i);
    }
  }
}

/**
 * MediaPipe's weighted suppression: like `keepBest`, but what is added is the mean of the best box and those that
 * overlap it, each weighted by its score, with the best score. Empties `candidates`.
 */
export function mergeOverlapping(candidates: Boxes, limit: number, faces: Boxes): void {
  while (candidates.length > 0) {
    const best = indexOfBest(candidates);
    const left = candidates.left[best]!;
    const top = candidates.top[best]!;
    const right = candidates.right[best]!;
    const bottom = candidates.bottom[best]!;
    const score = candidates.score[best]!;
    candidates.remove(best);
    let weight = score;
    let sumLeft = left * score;
    let sumTop = top * score;
    let sumRight = right * score;
    let sumBottom = bottom * score;
    for (let i = candidates.length - 1; i >= 0; i--) {
      if (!(candidates.overlap(i, left, top, right, bottom) > limit)) continue;
      const share = candidates.score[i]!;
      weight += share;
      sumLeft += candidates.left[i]! * share;
      sumTop += candidates.top[i]! * share;
      sumRight += candidates.right[i]! * share;
      sumBottom += candidates.bottom[i]! * share;
      candidates.remove(i);
    }
    faces.add(sumLeft / weight, sumTop / weight, sumRight / weight, sumBottom / weight, score);
  }
}

function indexOfBest({ score, length }: Boxes): number {
  let best = 0;
  for (let i = 1; i < length; i++) if (score[i]! > score[best]!) best = i;
  return best;
}
