import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ModelCard, type ModelFile, readModel } from '../src/detect/catalogue.ts';
import { LintelError } from '../src/lintel-error.ts';
import type { Normalisation } from './colour-input.ts';
import type { PackageFile } from './package-file.ts';

type Conversion = (source: Uint8Array, file: ModelFile) => Uint8Array;

/** Loaded when needed: a run that finds everything built is to be over at once. */
const CONVERSIONS: Readonly<Record<string, () => Promise<Conversion>>> = {
  ultraface: async () => {
    const { buildUltraface } = await import('./ultraface-graph.ts');
    return planesInto(buildUltraface, { centre: 127, scale: 128 });
  },
  'mediapipe-full': async () => {
    const { buildMediapipe } = await import('./mediapipe-graph.ts');
    return planesInto(buildMediapipe, { centre: 127.5, scale: 127.5 });
  },
};

async function planesInto(conversion: Conversion, normalisation: Normalisation): Promise<Conversion> {
  const { takeColourPlanes } = await import('./colour-input.ts');
  return (source, file) => takeColourPlanes(conversion(source, file), normalisation);
}

export interface BuildOptions {
  readonly catalogue: readonly ModelCard[];
  readonly outDir: string;
  /** Gets the source file of a card. */
  readonly fetch: (source: PackageFile) => Promise<Uint8Array>;
  /** Told what is being done, a line at a time. */
  readonly report: (line: string) => void;
}

/**
 * Makes every model file of the catalogue that is not there yet, or not as recorded.
 * @throws LintelError PACKAGE_FETCH, PACKAGE_CHANGED, MODEL_SOURCE, MODEL_BUILD
 */
export async function buildModels({ catalogue, outDir, fetch, report }: BuildOptions): Promise<void> {
  for (const card of catalogue) {
    const missing = [];
    for (const file of card.files) if (!(await isBuilt(outDir, file))) missing.push(file);
    if (missing.length === 0) continue;
    report(`fetching ${card.source.package}@${card.source.version} (${card.licence}) from the npm registry`);
    const source = await fetch(card.source);
    for (const file of missing) {
      await write(outDir, file, await convert(card, file, source));
      report(`built ${file.name}`);
    }
  }
}

async function isBuilt(outDir: string, file: ModelFile): Promise<boolean> {
  try {
    await readModel(outDir, file);
    return true;
  } catch (error) {
    if (error instanceof LintelError) return false;
    throw error;
  }
}

async function convert(card: ModelCard, file: ModelFile, source: Uint8Array): Promise<Uint8Array> {
  const conversion = await CONVERSIONS[card.id]?.();
  if (!conversion) throw new LintelError('MODEL_BUILD', `nothing here builds the model ${card.id}`);
  const bytes = conversion(source, file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== file.sha256) {
    throw new LintelError(
      'MODEL_BUILD',
      `${file.name} came out with another SHA-256 than recorded: ${sha256}`,
    );
  }
  return bytes;
}

/** Under its own name only when it is whole. */
async function write(outDir: string, file: ModelFile, bytes: Uint8Array): Promise<void> {
  const path = join(outDir, file.name);
  const part = `${path}.part`;
  try {
    await mkdir(outDir, { recursive: true });
    await writeFile(part, bytes);
    await rename(part, path);
  } catch (cause) {
    throw new LintelError(
      'MODEL_BUILD',
      `the model ${path} cannot be written: make room or give it another place`,
      cause,
    );
  }
}
