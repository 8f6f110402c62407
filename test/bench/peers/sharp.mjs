// Covers faces in the way most JavaScript programs do it: sharp.mjs MODEL CLIP OUT.y4m
// ffmpeg gives and takes RGB through pipes, sharp resizes, blurs and composites, onnxruntime-node runs the model.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { InferenceSession, Tensor } from 'onnxruntime-node';

const sharp = createRequire(new URL('../../../build/bench/sharp/', import.meta.url))('sharp');
const WIDTH = 640;
const HEIGHT = 384;
const LEAST_SCORE = 0.24;
const MOST_OVERLAP = 0.4;
const ANCHORS = [
  [8, [10, 16, 24]],
  [16, [32, 48]],
  [32, [64, 96]],
  [64, [128, 192, 256]],
];

const [model, clip, out] = process.argv.slice(2);
sharp.concurrency(1);
const probe = '-v error -select_streams v -show_entries stream=width,height -of csv=p=0'.split(' ');
const [width, height] = `${execFileSync('ffprobe', [...probe, clip])}`.split(',').map(Number);
const raw = { width, height, channels: 3 };
const scale = Math.min(WIDTH / width, HEIGHT / height);
const priors = makePriors();
const input = new Float32Array(3 * WIDTH * HEIGHT);
const session = await InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 });

const rgb = `-f rawvideo -pix_fmt rgb24`.split(' ');
const decoder = spawn('ffmpeg', ['-v', 'error', '-threads', '1', '-i', clip, ...rgb, '-'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const given = [...rgb, '-s', `${width}x${height}`, '-r', '25', '-i', '-'];
const written = ['-threads', '1', '-pix_fmt', 'yuv420p', '-f', 'yuv4mpegpipe', out];
const encoder = spawn('ffmpeg', ['-v', 'error', '-y', ...given, ...written], {
  stdio: ['pipe', 'inherit', 'inherit'],
});
for await (const frame of frames(decoder.stdout, width * height * 3)) {
  if (!encoder.stdin.write(await cover(frame, await findFaces(frame)))) await once(encoder.stdin, 'drain');
}
encoder.stdin.end();
await once(encoder, 'close');

async function* frames(stream, size) {
  let frame = Buffer.allocUnsafe(size);
  let filled = 0;
  for await (const chunk of stream) {
    for (let taken = 0; taken < chunk.length; ) {
      const part = chunk.copy(frame, filled, taken);
      taken += part;
      filled += part;
      if (filled < size) continue;
      yield frame;
      frame = Buffer.allocUnsafe(size);
      filled = 0;
    }
  }
}

async function findFaces(frame) {
  const pixels = await sharp(frame, { raw })
    .resize(WIDTH, HEIGHT, { fit: 'contain', position: 'left top', background: '#000', kernel: 'linear' })
    .raw()
    .toBuffer();
  const area = WIDTH * HEIGHT;
  for (let i = 0; i < area; i++) {
    input[i] = (pixels[3 * i] - 127) / 128;
    input[area + i] = (pixels[3 * i + 1] - 127) / 128;
    input[2 * area + i] = (pixels[3 * i + 2] - 127) / 128;
  }
  const { cls, loc } = await session.run({ input: new Tensor('float32', input, [1, 3, HEIGHT, WIDTH]) });
  const found = [];
  for (let i = 0; i < priors.length; i++) {
    const score = 1 / (1 + Math.exp(cls.data[2 * i] - cls.data[2 * i + 1]));
    if (score <= LEAST_SCORE) continue;
    const [x, y, side] = priors[i];
    const [dx, dy, dw, dh] = loc.data.subarray(4 * i, 4 * i + 4);
    const [w, h] = [side * Math.exp(0.2 * dw), side * Math.exp(0.2 * dh)];
    const [left, top] = [x + 0.1 * dx * side - w / 2, y + 0.1 * dy * side - h / 2];
    found.push({ left: left / scale, top: top / scale, width: w / scale, height: h / scale, score });
  }
  found.sort((a, b) => b.score - a.score);
  const kept = [];
  for (const face of found) if (kept.every((other) => overlap(face, other) <= MOST_OVERLAP)) kept.push(face);
  return kept;
}

async function cover(frame, faces) {
  const patches = await Promise.all(
    faces
      .map(cutToFrame)
      .filter(Boolean)
      .map((box) => blurred(frame, box)),
  );
  if (patches.length === 0) return frame;
  return sharp(frame, { raw }).composite(patches).removeAlpha().raw().toBuffer();
}

async function blurred(frame, box) {
  const input = await sharp(frame, { raw })
    .extract(box)
    .blur(Math.max(1, box.width / 12))
    .raw()
    .toBuffer();
  return { input, raw: { width: box.width, height: box.height, channels: 3 }, left: box.left, top: box.top };
}

function cutToFrame(face) {
  const left = Math.max(0, Math.floor(face.left));
  const top = Math.max(0, Math.floor(face.top));
  const right = Math.min(width, Math.floor(face.left + face.width));
  const bottom = Math.min(height, Math.floor(face.top + face.height));
  return left < right && top < bottom && { left, top, width: right - left, height: bottom - top };
}

function overlap(a, b) {
  const across = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const down = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  if (across <= 0 || down <= 0) return 0;
  return (across * down) / (a.width * a.height + b.width * b.height - across * down);
}

function makePriors() {
  const all = [];
  for (const [stride, sides] of ANCHORS) {
    for (let y = 0; y < HEIGHT / stride; y++) {
      for (let x = 0; x < WIDTH / stride; x++) {
        for (const side of sides) all.push([(x + 0.5) * stride, (y + 0.5) * stride, side]);
      }
    }
  }
  return all;
}
