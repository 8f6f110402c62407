import { InferenceSession, Tensor } from 'onnxruntime-node';
import { floatModel } from './float-model.ts';
import type { Rgb } from './picture.ts';

/** A face, in pixels of the model's input. */
export interface Face {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly score: number;
}

export interface ReferenceAnswer {
  readonly faces: readonly Face[];
  /** Every box that is sure enough, before those of one face are reduced to one, best first. */
  readonly proposals: readonly Face[];
  /** What a pixel of the picture measures in the model's input. */
  readonly scale: number;
}

export interface ReferenceModel {
  readonly kind: 'ultraface' | 'mediapipe-full';
  readonly path: string;
  readonly width: number;
  readonly height: number;
}

/**
 * Finds faces as plainly as it can be written: double precision, from full-colour pixels, nothing shared with what
 * is tested but the model file. Faces have a score of at least `threshold`.
 */
export async function referenceDetect(
  rgb: Rgb,
  model: ReferenceModel,
  threshold: number,
): Promise<ReferenceAnswer> {
  const { width, height } = model;
  const scale = Math.min(width / rgb.width, height / rgb.height);
  const fitted = { width: Math.round(rgb.width * scale), height: Math.round(rgb.height * scale) };
  const [red, green, blue] = [0, 1, 2].map((plane) => resize(rgb, plane, fitted.width, fitted.height));
  const { model: network, grey } = floatModel(model.path);
  const input = new Float32Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (plane: number[][] | undefined) => plane![y]?.[x] ?? 0;
      toYuv(at(red), at(green), at(blue)).forEach((value, plane) => {
        input[(plane * height + y) * width + x] = value - grey[plane]!;
      });
    }
  }
  const session = await InferenceSession.create(network);
  const { cls, loc } = await session.run({ input: new Tensor('float32', input, [1, 3, height, width]) });
  await session.release();
  const decodeAll = model.kind === 'ultraface' ? ultraface : mediapipe;
  const proposals = decodeAll(cls!.data as Float32Array, loc!.data as Float32Array, width, height)
    .filter((face) => face.score >= threshold)
    .sort((a, b) => b.score - a.score);
  const faces = model.kind === 'ultraface' ? suppress(proposals) : merge(proposals).map(enlarge);
  return { faces, proposals, scale };
}

/** To Y, Cb and Cr (ITU-R BT.601-7, 2.5.1 to 2.5.3, limited range). */
function toYuv(red: number, green: number, blue: number): number[] {
  const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
  return [
    16 + (219 / 255) * luma,
    128 + ((224 / 255) * (blue - luma)) / 1.772,
    128 + ((224 / 255) * (red - luma)) / 1.402,
  ];
}

/** Linear interpolation between centres, after averaging over whole boxes where that leaves enough pixels. */
function resize(
  { values, width, height }: Rgb,
  plane: number,
  newWidth: number,
  newHeight: number,
): number[][] {
  const box = Math.max(1, Math.floor(Math.min(width / newWidth, height / newHeight)));
  const pixel = (x: number, y: number) => values[(y * width + x) * 3 + plane]!;
  const narrow = Array.from({ length: height }, (_, y) => line((x) => pixel(x, y), width, box, newWidth));
  const columns = Array.from({ length: newWidth }, (_, x) =>
    line((y) => narrow[y]![x]!, height, box, newHeight),
  );
  return Array.from({ length: newHeight }, (_, y) => columns.map((column) => column[y]!));
}

function line(value: (index: number) => number, length: number, box: number, count: number): number[] {
  const means = Array.from({ length: Math.floor(length / box) }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < box; k++) sum += value(i * box + k);
    return sum / box;
  });
  return Array.from({ length: count }, (_, i) => {
    const at = Math.max(0, Math.min(means.length - 1, ((i + 0.5) * length) / box / count - 0.5));
    const before = means[Math.floor(at)]!;
    const after = means[Math.ceil(at)]!;
    return before + (after - before) * (at - Math.floor(at));
  });
}

function ultraface(cls: Float32Array, loc: Float32Array, width: number, height: number): Face[] {
  const sides: Record<number, number[]> = {
    8: [10, 16, 24],
    16: [32, 48],
    32: [64, 96],
    64: [128, 192, 256],
  };
  const faces: Face[] = [];
  for (const stride of [8, 16, 32, 64]) {
    for (let row = 0; row < height / stride; row++) {
      for (let column = 0; column < width / stride; column++) {
        for (const side of sides[stride]!) {
          const i = faces.length;
          const [dx, dy, dw, dh] = loc.subarray(4 * i, 4 * i + 4) as unknown as [
            number,
            number,
            number,
            number,
          ];
          const face = Math.exp(cls[2 * i + 1]!);
          faces.push({
            ...around(
              (column + 0.5) * stride + 0.1 * dx * side,
              (row + 0.5) * stride + 0.1 * dy * side,
              side * Math.exp(0.2 * dw),
              side * Math.exp(0.2 * dh),
            ),
            score: face / (face + Math.exp(cls[2 * i]!)),
          });
        }
      }
    }
  }
  return faces;
}

function mediapipe(cls: Float32Array, loc: Float32Array, width: number): Face[] {
  return Array.from(cls, (logit, i) => {
    const [dx, dy, w, h] = loc.subarray(4 * i, 4 * i + 4) as unknown as [number, number, number, number];
    const column = i % (width / 4);
    const row = (i - column) / (width / 4);
    return { ...around(4 * column + 2 + dx, 4 * row + 2 + dy, w, h), score: 1 / (1 + Math.exp(-logit)) };
  });
}

function suppress(proposals: Face[]): Face[] {
  const kept: Face[] = [];
  for (const face of proposals) if (kept.every((other) => overlap(face, other) <= 0.4)) kept.push(face);
  return kept;
}

function merge(proposals: Face[]): Face[] {
  const faces: Face[] = [];
  for (let rest = proposals; rest.length > 0; ) {
    const best = rest[0]!;
    const group = rest.filter((face) => face === best || overlap(face, best) > 0.3);
    const total = group.reduce((sum, face) => sum + face.score, 0);
    const mean = (key: keyof Face) => group.reduce((sum, face) => sum + face[key] * face.score, 0) / total;
    faces.push({
      x: mean('x'),
      y: mean('y'),
      width: mean('width'),
      height: mean('height'),
      score: best.score,
    });
    rest = rest.filter((face) => !group.includes(face));
  }
  return faces;
}

function enlarge({ x, y, width, height, score }: Face): Face {
  return { ...around(x + width / 2, y + height / 2, width * 1.28, height * 1.28), score };
}

function around(x: number, y: number, width: number, height: number) {
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** Intersection over union. */
export function overlap(a: Omit<Face, 'score'>, b: Omit<Face, 'score'>): number {
  const width = Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x));
  const height = Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y));
  return (width * height) / (a.width * a.height + b.width * b.height - width * height);
}
