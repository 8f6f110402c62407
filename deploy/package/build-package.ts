import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LintelError } from '../../src/lintel-error.ts';
import type { Lock } from './camera-packages.ts';
import { commitOf, debianVersion } from './commit.ts';
import { packDeb } from './deb.ts';
import { type HashedFile, npmUrl, sbom } from './sbom.ts';
import { HOME, stageProgram } from './stage.ts';
import { stageSystem } from './stage-system.ts';
import type { Target } from './target.ts';

export interface BuiltPackage {
  readonly file: string;
  readonly version: string;
  /** Of its commit. */
  readonly timeSeconds: number;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Makes the package for one kind of machine in `folder`, and its SBOM beside it. The same commit gives the same bytes
 * on every machine with the same compilers.
 * @throws LintelError NO_COMMIT, LOCK_INCOMPLETE, MODEL_CHANGED, HOST_TOOL
 */
export async function buildPackage(checkout: string, target: Target, folder: string): Promise<BuiltPackage> {
  const manifest = JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8'));
  const commit = await commitOf(checkout, manifest.version);
  const version = debianVersion(manifest.version, commit);
  const { timeSeconds } = commit;
  const work = await mkdtemp(join(tmpdir(), 'lintel-package-'));
  try {
    const root = join(work, 'root');
    const lock = await stageProgram(checkout, target, join(work, 'npm'), root);
    const bill = sbom({ version, timeSeconds }, lock, await hashedFiles(root, lock, target));
    await stageSystem(checkout, root, { version, architecture: target.debian, timeSeconds, sbom: bill });
    await mkdir(folder, { recursive: true });
    const name = join(folder, `lintel_${version}_${target.debian}`);
    await writeFile(`${name}.cdx.json`, bill);
    // Under its own name only when it is whole.
    await packDeb(root, join(work, 'package.deb'), timeSeconds);
    await copyFile(join(work, 'package.deb'), `${name}.deb`);
    const { size: bytes } = await stat(`${name}.deb`);
    const sha256 = await sha256Of(`${name}.deb`);
    return { file: `${name}.deb`, version, timeSeconds, bytes, sha256 };
  } finally {
    await rm(work, { recursive: true });
  }
}

/** What is large, or made here: by its own hash. */
async function hashedFiles(root: string, lock: Lock, { node }: Target): Promise<HashedFile[]> {
  const home = join(root, HOME);
  const fromNpm = async (file: string, name: string, licence: string): Promise<HashedFile> => {
    const { version = '' } = lock.packages[`node_modules/${name}`]!;
    return {
      name: file,
      version,
      licence,
      sha256: await sha256Of(join(home, file)),
      purl: npmUrl(name, version),
    };
  };
  const runtime = `node_modules/onnxruntime-node/bin/napi-v6/linux/${node}/libonnxruntime.so.1`;
  return [
    await fromNpm('bin/node', `node-linux-${node}`, 'MIT'),
    await fromNpm(runtime, 'onnxruntime-node', 'MIT'),
    ...(await models(home)),
  ];
}

async function models(home: string): Promise<HashedFile[]> {
  const cards = JSON.parse(await readFile(join(home, 'models/catalogue.json'), 'utf8'));
  const files: HashedFile[] = [];
  for (const { licence, source, files: built } of cards) {
    for (const { name, sha256 } of built) {
      if ((await sha256Of(join(home, 'models', name))) !== sha256) {
        throw new LintelError(
          'MODEL_CHANGED',
          `${name} is not what the catalogue names: run 'npm run setup'`,
        );
      }
      const { package: from, version } = source;
      files.push({ name: `models/${name}`, version, licence, sha256, purl: npmUrl(from, version) });
    }
  }
  return files;
}

async function sha256Of(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}
