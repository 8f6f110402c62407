import { availableParallelism } from 'node:os';
import type { Settings } from '../../src/config/settings.ts';
import { modelFile, readCatalogue, readModel } from '../../src/detect/catalogue.ts';
import { FaceDetector } from '../../src/detect/detector.ts';
import { preflight } from '../../src/detect/preflight.ts';
import { PROFILES } from '../../src/detect/profile.ts';
import { I420Layout } from '../../src/frame/i420.ts';
import { DetectionList } from '../../src/geometry/detection-list.ts';
import { type Finding, found, ok, skipped, warn } from './finding.ts';

const LOOKS = 5;
const DIGITS = 12;

/** The models' bytes against the catalogue's, one look in a process of its own, and then how long a look takes. */
export async function checkModel(settings: Settings): Promise<Finding[]> {
  const { detector, paths } = settings;
  const model = await found('model', async () => {
    const catalogue = await readCatalogue();
    const names: string[] = [];
    for (const stage of PROFILES[detector.profile]) {
      const file = modelFile(catalogue, stage.model, stage.width, stage.height);
      await readModel(paths.models, file);
      names.push(`${file.name} (SHA-256 ${file.sha256.slice(0, DIGITS)}...)`);
    }
    await preflight({ profile: detector.profile, modelsDir: paths.models });
    return ok('model', `${names.join(', ')} as catalogued; looked at a frame`);
  });
  if (model.state !== 'ok') return [model, skipped('speed', 'not measured: no model can be used')];
  return [model, await found('speed', () => checkSpeed(settings))];
}

async function checkSpeed({ detector, camera, paths }: Settings): Promise<Finding> {
  const { profile, threads } = detector;
  const meanMs = await meanLookMs(settingsLayout(camera), { profile, threads, modelsDir: paths.models });
  const most = 1_000 / meanMs;
  const cores = availableParallelism();
  const said = `${meanMs.toFixed(1)} ms a look with detector.threads ${threads} of ${cores} cores: up to ${most.toFixed(0)} a second`;
  if (threads > cores) return warn('speed', `${said}; set detector.threads to ${cores} or fewer`);
  if (most < camera.framesPerSecond) {
    return warn(
      'speed',
      `${said}, and camera.frames_per_second is ${camera.framesPerSecond}: the camera will be slowed down; end what ` +
        'else runs here, or set fewer frames, more threads or another detector.profile',
    );
  }
  return ok('speed', said);
}

async function meanLookMs(
  layout: I420Layout,
  options: { profile: Settings['detector']['profile']; threads: number; modelsDir: string },
): Promise<number> {
  const detector = await FaceDetector.open({ ...options, layout, looksAlways: true });
  try {
    const frame = layout.view(new Uint8Array(layout.byteLength));
    const into = new DetectionList();
    // The first look is slower, since memory is taken then.
    await detector.detect(frame, into);
    const begunMs = performance.now();
    for (let look = 0; look < LOOKS; look++) await detector.detect(frame, into);
    return (performance.now() - begunMs) / LOOKS;
  } finally {
    await detector.close();
  }
}

function settingsLayout({ width, height }: Settings['camera']): I420Layout {
  return new I420Layout(width - (width % 2), height - (height % 2));
}
