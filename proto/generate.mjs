/**
 * Writes `src/wire/generated/` from the schema (`npm run proto`). With `--check` it writes nothing and fails when
 * what lies there is not what the schema gives.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pbjs from 'protobufjs-cli/pbjs.js';

const protoFolder = fileURLToPath(new URL('.', import.meta.url));
const generatedFolder = fileURLToPath(new URL('../src/wire/generated/', import.meta.url));
const onlyEncodeAndDecode = ['create', 'verify', 'convert', 'delimited', 'typeurl', 'service'];

/** One module for each folder of schemas; protobufjs keeps the types of each under the folder's name. */
const MODULES = { lintel: 'schema.js', sparkplug: 'sparkplug.js' };

async function generate(folder) {
  for (const [root, file] of Object.entries(MODULES)) {
    await promisify(pbjs.main)([
      ...['--path', protoFolder, '--target', 'static-module', '--es6', '--wrap', 'esm', '--dts'],
      ...['--dependency', 'protobufjs/minimal.js', '--root', root],
      ...onlyEncodeAndDecode.map((part) => `--no-${part}`),
      ...['--out', join(folder, file), ...schemas(root)],
    ]);
  }
}

function schemas(root) {
  const files = readdirSync(join(protoFolder, root), { recursive: true });
  return files
    .filter((file) => file.endsWith('.proto'))
    .map((file) => join(root, file))
    .sort();
}

async function isCurrent() {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-proto-'));
  try {
    await generate(folder);
    return JSON.stringify(contents(folder)) === JSON.stringify(contents(generatedFolder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function contents(folder) {
  return readdirSync(folder)
    .sort()
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
}

mkdirSync(generatedFolder, { recursive: true });
if (!process.argv.includes('--check')) {
  await generate(generatedFolder);
} else if (!(await isCurrent())) {
  console.error('src/wire/generated/ is not what the schemas in proto/ give: run `npm run proto`');
  process.exitCode = 1;
}
