import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchFile } from '../../../models/package-file.ts';
import { buildUltraface } from '../../../models/ultraface-graph.ts';
import { modelFile, readCatalogue } from '../../../src/detect/catalogue.ts';
import { LintelError } from '../../../src/lintel-error.ts';

/** A program that covers the faces of a clip, or the floor that none can get under. */
export interface Peer {
  readonly name: string;
  readonly about: string;
  readonly command: (clip: string, out: string) => string[];
  /** Throws when what it printed says that its work is not to be measured. */
  readonly check?: (stdout: string) => void;
  /** Takes about a second for a frame full of faces: not asked to. */
  readonly slowInCrowds?: true;
  /** What may not be there yet. */
  readonly needs: readonly Need[];
}

interface Need {
  readonly isThere: () => boolean;
  readonly fetch: () => void | Promise<void>;
}

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const MODEL = at('../../../build/bench/ultraface-rgb.onnx');
const SHARP = at('../../../build/bench/sharp/');
const CASCADE = '/usr/share/opencv4/haarcascades/haarcascade_frontalface_default.xml';
/** The one that Debian's packages are for; another may come first on the PATH. */
const PYTHON = '/usr/bin/python3';
const DEBIAN = ['python3-opencv', 'opencv-data'];

/** As the peers take it: RGB numbers, as it was before this project's builder folded the colours into it. */
const model: Need = { isThere: () => existsSync(MODEL), fetch: makeModel };
const opencv: Need = { isThere: hasOpencv, fetch: fetchOpencv };
const sharp: Need = { isThere: () => existsSync(join(SHARP, 'node_modules', 'sharp')), fetch: fetchSharp };

/** This loop comes first: the others are measured against it. */
export const PEERS: readonly Peer[] = [
  {
    name: 'lintel',
    about: 'this loop: npx lintel cover, profile near',
    command: (clip, out) => [
      process.execPath,
      at('../../../firmware/lintel.ts'),
      'cover',
      '--json',
      clip,
      out,
    ],
    needs: [],
    check: (stdout) => {
      if (JSON.parse(stdout).coveredWhole > 0) throw new Error(`frames were covered whole: ${stdout}`);
    },
  },
  {
    name: 'opencv',
    about: 'OpenCV of Debian: VideoCapture, cv2.dnn with the same model, GaussianBlur',
    command: (clip, out) => [PYTHON, at('opencv.py'), MODEL, clip, out],
    needs: [opencv, model],
  },
  {
    name: 'sharp',
    about: 'JavaScript: ffmpeg pipes, sharp, onnxruntime-node with the same model',
    command: (clip, out) => [process.execPath, at('sharp.mjs'), MODEL, clip, out],
    needs: [sharp, model],
  },
  {
    name: 'haar',
    about: "OpenCV's Haar cascade for frontal faces, GaussianBlur",
    command: (clip, out) => [PYTHON, at('haar.py'), CASCADE, clip, out],
    needs: [opencv],
    slowInCrowds: true,
  },
  {
    name: 'ffmpeg',
    about: 'the floor: ffmpeg reads and writes the frames, and covers nothing',
    command: (clip, out) => `ffmpeg -v error -y -threads 1 -i ${clip} -threads 1 ${out}`.split(' '),
    needs: [],
  },
];

export function isInstalled({ needs }: Peer): boolean {
  return needs.every((need) => need.isThere());
}

/** @throws LintelError PEER_MISSING with what to do */
export async function install({ needs }: Peer): Promise<void> {
  for (const need of needs) if (!need.isThere()) await need.fetch();
}

async function makeModel(): Promise<void> {
  const catalogue = await readCatalogue();
  const { source } = catalogue.find(({ id }) => id === 'ultraface')!;
  mkdirSync(dirname(MODEL), { recursive: true });
  const bytes = buildUltraface(await fetchFile(source), modelFile(catalogue, 'ultraface', 640, 384));
  writeFileSync(MODEL, bytes);
}

function hasOpencv(): boolean {
  try {
    execFileSync(PYTHON, ['-c', 'import cv2'], { stdio: 'ignore' });
    return existsSync(CASCADE);
  } catch {
    return false;
  }
}

function fetchOpencv(): void {
  const fetch = `apt-get update && apt-get install -y --no-install-recommends ${DEBIAN.join(' ')}`;
  if (process.getuid?.() === 0) {
    console.error(`fetching ${DEBIAN.join(' and ')} from Debian, for this bench only`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('sh', ['-c', fetch], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  if (hasOpencv()) return;
  throw new LintelError(
    'PEER_MISSING',
    `OpenCV is not there: run \`sudo sh -c '${fetch}'\`, or leave it out with --installed`,
  );
}

/** Its lock file lies beside this file, so that no other package of this project knows of it. */
function fetchSharp(): void {
  console.error('fetching sharp from the npm registry, for this bench only');
  mkdirSync(SHARP, { recursive: true });
  for (const file of ['package.json', 'package-lock.json'])
    copyFileSync(at(`sharp/${file}`), join(SHARP, file));
  execFileSync('npm', ['ci', '--ignore-scripts', '--prefix', SHARP], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
