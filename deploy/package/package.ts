import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LintelError } from '../../src/lintel-error.ts';
import { buildPackage } from './build-package.ts';
import { TARGETS, targetFor } from './target.ts';

const HELP = `Usage: npm run package [-- --arch arm64|amd64]

Makes Debian packages in build/package, each with its list of contents (SBOM, CycloneDX): for both kinds of machine, or
for one. For another kind than this one it needs that kind's compiler (Debian: g++-aarch64-linux-gnu).
`;
const MEGABYTE = 1e6;

const checkout = join(import.meta.dirname, '../..');

try {
  const { values } = parseArgs({
    options: { arch: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) process.stdout.write(HELP);
  else await make(values.arch);
} catch (error) {
  const known =
    error instanceof LintelError || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE');
  if (!known) throw error;
  process.stderr.write(`package: ${(error as Error).message}\n`);
  process.exitCode = 1;
}

async function make(arch: string | undefined): Promise<void> {
  for (const target of arch === undefined ? TARGETS : [targetFor(arch)]) {
    process.stdout.write(`package: ${target.debian}\n`);
    const { file, bytes, sha256 } = await buildPackage(checkout, target, join(checkout, 'build/package'));
    process.stdout.write(
      `${file.slice(checkout.length + 1)}  ${(bytes / MEGABYTE).toFixed(1)} MB\n  sha256 ${sha256}\n`,
    );
  }
}
