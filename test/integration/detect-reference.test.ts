import { afterAll, describe, expect, it } from 'vitest';
import { modelFile, readCatalogue } from '../../src/detect/catalogue.ts';
import { DetectionStage } from '../../src/detect/detection-stage.ts';
import { FaceDetector } from '../../src/detect/detector.ts';
import { ModelSession } from '../../src/detect/model-session.ts';
import { PROFILES, type ProfileName } from '../../src/detect/profile.ts';
import { type I420Frame, I420Layout } from '../../src/frame/i420.ts';
import { DetectionList } from '../../src/geometry/detection-list.ts';
import { SystemClock } from '../../src/time/system-clock.ts';
import { overlap, type ReferenceModel, referenceDetect } from '../reference/detect.ts';
import { decode, toRgb } from '../reference/picture.ts';

const WIDTH = 1280;
const HEIGHT = 720;
const FACES = [3, 3, 3, 4, 5, 4];
const modelsDir = 'build/models';
const layout = new I420Layout(WIDTH, HEIGHT);
const photos = FACES.map((_, i) => decode(`build/material/photos/sample${i + 1}.jpg`, WIDTH, HEIGHT));
const detectors = new Map<ProfileName, FaceDetector>();
afterAll(async () => {
  for (const detector of detectors.values()) await detector.close();
});

/** The faces to count, in pixels of a model input into which `scale` brings the frame. */
async function find(profile: ProfileName, frame: I420Frame, scale = 1) {
  const detector = detectors.get(profile) ?? (await FaceDetector.open({ profile, layout, modelsDir }));
  detectors.set(profile, detector);
  const list = new DetectionList();
  await detector.detect(frame, list);
  const faces = Array.from({ length: list.length }, (_, i) => {
    const box = { x: 0, y: 0, width: 0, height: 0 };
    list.readBox(i, box);
    const { x, y, width, height } = box;
    return { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
  });
  return faces.filter((_, i) => list.countable(i));
}

function referenceOf(profile: 'near' | 'far'): ReferenceModel & { threshold: number } {
  const [{ model, width, height, coverAt }] = PROFILES[profile];
  return {
    kind: model,
    path: `${modelsDir}/${model}-${width}x${height}.onnx`,
    width,
    height,
    threshold: coverAt,
  };
}

type Rectangle = Awaited<ReturnType<typeof find>>[number];

/** How far the sides of two boxes lie apart, at most. */
function distance(a: Rectangle, b: Rectangle): number {
  return Math.max(
    Math.abs(a.x - b.x),
    Math.abs(a.y - b.y),
    Math.abs(a.x + a.width - b.x - b.width),
    Math.abs(a.y + a.height - b.y - b.height),
  );
}

describe('FaceDetector on photographs', () => {
  it.each(Object.keys(PROFILES) as ProfileName[])(
    'counts each of the 22 faces once in profile %s',
    async (profile) => {
      const counts = [];
      for (const { frame } of photos) counts.push((await find(profile, frame)).length);
      expect(counts).toEqual(FACES);
    },
  );

  it('finds the faces within a pixel of the model input of where double precision finds them', async () => {
    const reference = referenceOf('near');
    for (const { frame } of photos) {
      const { faces, scale } = await referenceDetect(toRgb(frame), reference, reference.threshold);
      for (const face of await find('near', frame, scale)) {
        expect(Math.min(...faces.map((other) => distance(face, other)))).toBeLessThan(1);
      }
    }
  });

  it('finds large faces in a large input within two hundredths of their size', async () => {
    const reference = referenceOf('far');
    for (const { frame } of photos.slice(0, 3)) {
      const { faces, scale } = await referenceDetect(toRgb(frame), reference, reference.threshold);
      for (const face of await find('far', frame, scale)) {
        expect(Math.min(...faces.map((other) => distance(face, other)))).toBeLessThan(0.02 * face.height);
      }
    }
  });

  it('finds in a frame with halved colour the same faces as in the photograph itself', async () => {
    const reference = referenceOf('near');
    for (const { frame, rgb } of photos) {
      const { faces, scale } = await referenceDetect(rgb, reference, reference.threshold);
      for (const face of await find('near', frame, scale)) {
        expect(Math.max(...faces.map((other) => overlap(face, other)))).toBeGreaterThan(0.9);
      }
    }
  });
});

describe('FaceDetector', () => {
  it('finds the same in rows that lie further apart, as a camera may give them', async () => {
    const { frame } = photos[4]!;
    const padded = new I420Layout(WIDTH, HEIGHT, WIDTH + 64);
    const strided = padded.view(new Uint8Array(padded.byteLength).fill(235));
    for (let y = 0; y < HEIGHT; y++) {
      strided.y.set(frame.y.subarray(y * WIDTH, (y + 1) * WIDTH), y * padded.lumaStride);
    }
    for (let y = 0; y < HEIGHT / 2; y++) {
      const row = [(y * WIDTH) / 2, ((y + 1) * WIDTH) / 2] as const;
      strided.u.set(frame.u.subarray(...row), y * padded.chromaStride);
      strided.v.set(frame.v.subarray(...row), y * padded.chromaStride);
    }
    const detector = await FaceDetector.open({ profile: 'near', layout: padded, modelsDir });
    const list = new DetectionList();
    await detector.detect(strided, list);
    await detector.close();
    const box = { x: 0, y: 0, width: 0, height: 0 };
    const counted = await find('near', frame);
    list.readBox(0, box);
    expect(box).toEqual(counted[0]);
  });

  it('forgets the last frame, and refuses one of another size', async () => {
    const detector = await FaceDetector.open({ profile: 'near', layout, modelsDir });
    const list = new DetectionList();
    await detector.detect(photos[0]!.frame, list);
    expect(list.length).toBeGreaterThanOrEqual(3);
    await detector.detect(layout.view(new Uint8Array(layout.byteLength).fill(128)), list);
    expect(list.length).toBe(0);
    const other = new I420Layout(640, 480);
    const refused = detector.detect(other.view(new Uint8Array(other.byteLength)), list);
    await expect(refused).rejects.toMatchObject({ code: 'FRAME_LAYOUT' });
    await detector.close();
  });

  it('leaves nothing of a frame in what the model was given', async () => {
    const [stage] = PROFILES.near;
    const file = modelFile(await readCatalogue(), stage.model, stage.width, stage.height);
    const session = await ModelSession.open(modelsDir, file, 1);
    const looking = new DetectionStage(stage, layout, session);
    const black = Uint8Array.from(session.input);
    await looking.look(photos[0]!.frame, new SystemClock());
    expect(looking.faces.length).toBeGreaterThan(0);
    expect(Buffer.compare(session.input, black)).toBe(0);
    await looking.close();
  });

  it('looks at one frame at a time', async () => {
    const detector = await FaceDetector.open({ profile: 'near', layout, modelsDir });
    const first = detector.detect(photos[0]!.frame, new DetectionList());
    const second = detector.detect(photos[1]!.frame, new DetectionList());
    await expect(second).rejects.toMatchObject({ code: 'DETECTOR_BUSY' });
    await first;
    await detector.close();
  });
});
