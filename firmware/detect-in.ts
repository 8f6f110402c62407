import { FaceDetector } from '../src/detect/detector.ts';
import type { ProfileName } from '../src/detect/profile.ts';
import { DetectionList } from '../src/geometry/detection-list.ts';
import { readStill } from './media/still.ts';

/** A box in pixels of the picture, and its score. */
type FoundBox = readonly [x: number, y: number, width: number, height: number, score: number];

export interface FoundFaces {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly profile: ProfileName;
  /** Every box over the covering threshold. */
  readonly cover: readonly FoundBox[];
  /** Those that are over the counting threshold too. */
  readonly count: readonly FoundBox[];
}

/** Looks for faces in one picture. @throws LintelError when the picture or the models cannot be used */
export async function detectIn(file: string, profile: ProfileName, modelsDir: string): Promise<FoundFaces> {
  const frame = await readStill(file);
  const detector = await FaceDetector.open({ profile, modelsDir, layout: frame.layout });
  const detections = new DetectionList();
  await detector.detect(frame, detections);
  await detector.close();
  const cover: FoundBox[] = [];
  const count: FoundBox[] = [];
  const box = { x: 0, y: 0, width: 0, height: 0 };
  for (let index = 0; index < detections.length; index++) {
    detections.readBox(index, box);
    const found = [box.x, box.y, box.width, box.height].map(hundredths);
    const entry = [...found, Math.round(detections.score(index) * 1e4) / 1e4] as unknown as FoundBox;
    cover.push(entry);
    if (detections.countable(index)) count.push(entry);
  }
  const { width, height } = frame.layout;
  return { file, width, height, profile, cover, count };
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
