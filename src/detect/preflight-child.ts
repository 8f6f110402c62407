import { I420Layout } from '../frame/i420.ts';
import { DetectionList } from '../geometry/detection-list.ts';
import { FaceDetector } from './detector.ts';
import type { ProfileName } from './profile.ts';

const [profile, modelsDir] = process.argv.slice(2);
const layout = new I420Layout(64, 64);
try {
  const detector = await FaceDetector.open({
    profile: profile as ProfileName,
    modelsDir: modelsDir!,
    threads: 1,
    layout,
  });
  await detector.detect(layout.view(new Uint8Array(layout.byteLength)), new DetectionList());
  await detector.close();
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
