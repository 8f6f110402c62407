import type { Boxes } from './boxes.ts';

/** Two models that see one face draw boxes that overlap at least this much. */
const TWINS = 0.25;

/**
 * Joins what a second model found to `faces`; `more` is left empty. Where both found the same face, its box grows to
 * hold both: nothing that either would cover is left open, and the face is counted once.
 */
export function unite(faces: Boxes, more: Boxes): void {
  for (let i = 0; i < faces.length && more.length > 0; i++) {
    const twin = mostOverlapping(more, faces, i);
    if (overlapOf(more, twin, faces, i) < TWINS) continue;
    faces.left[i] = Math.min(faces.left[i]!, more.left[twin]!);
    faces.top[i] = Math.min(faces.top[i]!, more.top[twin]!);
    faces.right[i] = Math.max(faces.right[i]!, more.right[twin]!);
    faces.bottom[i] = Math.max(faces.bottom[i]!, more.bottom[twin]!);
    faces.score[i] = Math.max(faces.score[i]!, more.score[twin]!);
    faces.countable[i]! |= more.countable[twin]!;
    more.remove(twin);
  }
  for (let i = 0; i < more.length; i++) {
    faces.add(
      more.left[i]!,
      more.top[i]!,
      more.right[i]!,
      more.bottom[i]!,
      more.score[i]!,
      more.countable[i]!,
    );
  }
  more.length = 0;
}

function mostOverlapping(boxes: Boxes, others: Boxes, index: number): number {
  let most = 0;
  for (let i = 1; i < boxes.length; i++) {
    if (overlapOf(boxes, i, others, index) > overlapOf(boxes, most, others, index)) most = i;
  }
  return most;
}

function overlapOf(boxes: Boxes, index: number, others: Boxes, other: number): number {
  return boxes.overlap(
    index,
    others.left[other]!,
    others.top[other]!,
    others.right[other]!,
    others.bottom[other]!,
  );
}
