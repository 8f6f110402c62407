import { describe, expect, it } from 'vitest';
import { Tracker } from '../count/tracker.ts';
import { I420Layout } from '../frame/i420.ts';
import { DetectionList } from '../geometry/detection-list.ts';
import { FaceCovers } from './face-covers.ts';

const layout = new I420Layout(320, 240);

/** One face, detected in the same place in every frame that shows it; each frame is of one brightness. */
function play(frames: readonly { readonly luma: number; readonly shown: boolean }[]): number[] {
  const tracker = new Tracker();
  const covers = new FaceCovers(layout, 'mosaic');
  const detections = new DetectionList();
  return frames.map(({ luma, shown }) => {
    const frame = layout.view(new Uint8Array(layout.byteLength).fill(luma));
    detections.clear();
    if (shown) detections.add(140, 100, 40, 50, 0.99, true);
    covers.cover(frame, tracker.update(detections, 0.1), tracker.remembered);
    return frame.y[125 * 320 + 160]!;
  });
}

const seen = (luma: number) => ({ luma, shown: true });
const lost = (luma: number) => ({ luma, shown: false });

describe('the cover of a face', () => {
  it('shows the cells of the frame in which its track began, in every later frame (P4)', () => {
    expect(play([seen(100), seen(120), seen(140), lost(160), seen(180)])).toEqual([100, 100, 100, 100, 100]);
  });

  it('shows the same cells again when the face was lost for so long that it was not even covered', () => {
    const shown = play([
      seen(100),
      seen(101),
      seen(102),
      seen(103),
      ...Array.from({ length: 15 }, () => lost(150)),
      seen(200),
      seen(201),
      seen(202),
      seen(203),
      seen(204),
    ]);
    // Lost for longer than a second, the place is as the frame has it; then a new track begins and proves to be the old one.
    expect(shown[18]).toBe(150);
    expect(shown.at(-1)).toBe(100);
  });

  it('keeps nothing of a face that is gone for good', () => {
    const shown = play([
      seen(100),
      seen(101),
      seen(102),
      ...Array.from({ length: 40 }, () => lost(150)),
      seen(200),
      seen(201),
      seen(202),
      seen(203),
    ]);
    expect(shown.at(-1)).toBe(200);
  });
});
