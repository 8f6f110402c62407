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

/** What is written, the schema it is made of, and the name under which protobufjs keeps its types. */
const MODULES = [
  { file: 'report.js', schema: 'lintel/v1/report.proto', root: 'lintel' },
  { file: 'sparkplug.js', schema: 'sparkplug/v1/payload.proto', root: 'sparkplug' },
];

async function generate(folder) {
  for (const { file, schema, root } of MODULES) {
    await promisify(pbjs.main)([
      ...['--path', protoFolder, '--target', 'static-module', '--es6', '--wrap', 'esm', '--dts'],
      ...['--dependency', 'protobufjs/minimal.js', '--root', root],
      ...onlyEncodeAndDecode.map((part) => `--no-${part}`),
      ...['--out', join(folder, file), schema],
    ]);
  }
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
