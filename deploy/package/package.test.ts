import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { parseSettings } from '../../src/config/settings.ts';
import { cameraLock, type Lock, packageName } from './camera-packages.ts';
import { debianVersion } from './commit.ts';
import { packDeb } from './deb.ts';
import { keepNeededFiles } from './needed-files.ts';
import { packagedSettings } from './packaged-settings.ts';
import { sbom } from './sbom.ts';
import { stageSystem } from './stage-system.ts';
import { targetFor } from './target.ts';

const checkout = join(import.meta.dirname, '../..');
const lock: Lock = JSON.parse(readFileSync(join(checkout, 'package-lock.json'), 'utf8'));
const timeSeconds = 1_700_000_000;

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'lintel-package-test-'));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

async function put(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, contents] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), contents);
  }
}

it.each(['xz', 'none'] as const)(
  'the same files make the same package, whenever and wherever (%s)',
  async (compression) => {
    const packed = async (name: string, spoil: (root: string) => Promise<void>) => {
      const root = join(await folder(), name);
      await put(root, { 'usr/lib/lintel/two.ts': '2', 'usr/lib/lintel/one.ts': '1' });
      await stageSystem(checkout, root, { version: '1.0', architecture: 'all', timeSeconds, sbom: '{}' });
      await spoil(root);
      await packDeb(root, `${root}.deb`, timeSeconds, compression);
      return readFile(`${root}.deb`);
    };
    const first = await packed('here', async () => {});
    const second = await packed('elsewhere', async (root) => {
      await chmod(join(root, 'usr/lib/lintel'), 0o700);
      await chmod(join(root, 'usr/lib/lintel/two.ts'), 0o600);
      await rm(join(root, 'usr/lib/lintel/one.ts'));
      await put(root, { 'usr/lib/lintel/one.ts': '1' });
      await utimes(join(root, 'usr/lib/lintel/one.ts'), 1, 1);
    });
    expect(Buffer.compare(first, second)).toBe(0);
  },
);

it('a package has its services, users, settings and documents, all of root, and no folder that others may write to', async () => {
  const root = join(await folder(), 'root');
  await stageSystem(checkout, root, { version: '1.0', architecture: 'all', timeSeconds, sbom: '{}' });
  await packDeb(root, `${root}.deb`, timeSeconds, 'none');
  const { stdout } = spawnSync('dpkg-deb', ['--contents', `${root}.deb`], { encoding: 'utf8' });
  const lines = stdout.trim().split('\n');
  for (const line of lines) expect(line).toMatch(/^[d-]rw[x-]r-[x-]r-[x-] root\/root /);
  for (const path of [
    './usr/share/lintel/lintel.toml',
    './usr/bin/lintel',
    './usr/lib/systemd/system/lintel-vision.service',
    './usr/lib/systemd/system/lintel-uplink.service',
    './usr/lib/systemd/system/lintel-first-start.service',
    './usr/lib/systemd/system/lintel-identity.service',
    './usr/lib/systemd/system/lintel-blink.service',
    './usr/lib/systemd/system/lintel-aiming.path',
    './usr/lib/sysusers.d/lintel.conf',
    './usr/lib/tmpfiles.d/lintel.conf',
    './usr/lib/udev/rules.d/72-lintel.rules',
    './usr/share/doc/lintel/copyright',
    './usr/share/doc/lintel/sbom.cdx.json',
    './usr/share/doc/lintel/examples/broker/mosquitto.conf',
  ]) {
    expect(lines.some((line) => line.endsWith(` ${path}`))).toBe(true);
  }
});

it("of a dependency, programs, data, native parts and licences are kept, and what is its developers' is not", async () => {
  const root = await folder();
  const kept = [
    'a/index.js',
    'a/LICENSE.md',
    'a/data.json',
    'a/src/b.cjs',
    'a/src/c.wasm',
    'a/dist/d.css',
    'a/bin/x.node',
    'a/bin/liby.so.1',
  ];
  const left = [
    'a/index.d.ts',
    'a/index.js.map',
    'a/README.md',
    'a/test/t.js',
    'a/.github/x.json',
    '.bin/a',
    'b/c.h',
  ];
  await put(root, Object.fromEntries([...kept, ...left].map((path) => [path, 'x'])));
  await keepNeededFiles(root);
  const found = await readdir(root, { withFileTypes: true, recursive: true });
  const files = found.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  expect(files.map((path) => path.slice(root.length + 1)).sort()).toEqual([...kept].sort());
  expect(await readdir(root)).toEqual(['a']);
});

it('the list of contents names each package with its hash and its licence, and nothing that changes by itself', () => {
  const camera = cameraLock(lock, targetFor('arm64'));
  const file = {
    name: 'models/x.onnx',
    version: '1',
    licence: 'MIT',
    sha256: '00',
    purl: 'pkg:npm/%40a/b@1',
  };
  const text = sbom({ version: '1.0', timeSeconds }, camera, [file]);
  expect(sbom({ version: '1.0', timeSeconds }, camera, [file])).toBe(text);
  const { components, metadata, ...rest } = JSON.parse(text);
  expect(rest).toEqual({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 });
  expect(metadata.timestamp).toBe('2023-11-14T22:13:20.000Z');
  expect(components.map(({ name }: { name: string }) => name)).toEqual([
    ...Object.keys(camera.packages).filter(Boolean).map(packageName),
    'models/x.onnx',
  ]);
  for (const { hashes, licenses, purl } of components) {
    expect(hashes[0].content).toMatch(/^[0-9a-f]+$/);
    expect(licenses[0].license?.id ?? licenses[0].expression).toBeTruthy();
    expect(purl).toMatch(/^pkg:npm\/(%40[^/@]+\/)?[^/@]+@/);
  }
});

it('versions grow from commit to commit, stay under the release, and tell changes', () => {
  const commit = { hash: '07ddcb4a8ff1', timeSeconds, isChanged: false, isRelease: false };
  const versions = [
    debianVersion('0.1.0', commit),
    debianVersion('0.1.0', { ...commit, isChanged: true }),
    debianVersion('0.1.0', { ...commit, timeSeconds: timeSeconds + 1 }),
    debianVersion('0.1.0', { ...commit, timeSeconds: timeSeconds + 2, isRelease: true }),
  ];
  expect(versions[0]).toBe('0.1.0~20231114221320.07ddcb4a');
  for (const [at, version] of versions.entries()) {
    if (at === 0) continue;
    expect(spawnSync('dpkg', ['--compare-versions', versions[at - 1]!, 'lt', version]).status).toBe(0);
  }
});

it('the settings that a package brings do not pretend to be those of a door', () => {
  const settings = packagedSettings();
  expect(() => parseSettings(settings, 'lintel.toml')).toThrow(/site.name: is missing/);
  const said = settings.replace(/^# (name|device|place|purpose|file|line|in_side) = /gm, '$1 = ');
  expect(parseSettings(said, 'lintel.toml')).toMatchObject({ site: { name: 'riverside-house' } });
});
