import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchFile } from '../../models/package-file.ts';
import { makeDemoClip } from './demo-clip.ts';
import photos from './photos.json' with { type: 'json' };

const HELP = `usage: node test/material/make.ts

Fetches the photographs that tests and demonstration use, and makes the demonstration clip of them,
all into build/material. Photographs that are there and whole are not fetched again.`;

const MATERIAL = fileURLToPath(new URL('../../build/material/', import.meta.url));

if (process.argv.includes('--help')) {
  console.log(HELP);
} else {
  await fetchPhotos();
  let shown = 0;
  await makeDemoClip(
    join(MATERIAL, 'photos'),
    join(MATERIAL, 'demo.mp4'),
    join(MATERIAL, 'demo-truth.json'),
    (part) => {
      const percent = Math.floor(part * 100);
      if (percent >= shown + 25) {
        shown = percent - (percent % 25);
        console.log(`demonstration clip: ${shown} %`);
      }
    },
  );
}

async function fetchPhotos(): Promise<void> {
  await mkdir(join(MATERIAL, 'photos'), { recursive: true });
  const there = await Promise.all(
    photos.files.map(async ({ path, sha256 }) => (await hash(place(path))) === sha256),
  );
  if (there.every((isThere) => isThere)) return;
  console.log(`photographs: fetching ${photos.name}@${photos.version}`);
  const { name, version, integrity } = photos;
  for (const { path, sha256 } of photos.files) {
    await writeFile(place(path), await fetchFile({ package: name, version, integrity, file: path, sha256 }));
  }
}

function place(path: string): string {
  return join(MATERIAL, 'photos', basename(path));
}

async function hash(path: string): Promise<string | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  return bytes && createHash('sha256').update(bytes).digest('hex');
}
