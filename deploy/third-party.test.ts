import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { readCatalogue } from '../src/detect/catalogue.ts';

const read = (path: string) => readFile(new URL(`../${path}`, import.meta.url), 'utf8');

it('docs/third-party.md names each package that set-up fetches, by the version that is pinned, and its licence', async () => {
  const rows = (await read('docs/third-party.md')).split('\n');
  const photos = JSON.parse(await read('test/material/photos.json'));
  const rowOf = (named: string, version: string) =>
    rows.find((row) => row.includes(`\`${named}@${version}\``));
  for (const { source, licence } of await readCatalogue()) {
    expect(rowOf(source.package, source.version), source.package).toContain(`| ${licence} |`);
  }
  expect(rowOf(photos.name, photos.version)).toBeDefined();
});
