import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { LintelError } from '../../src/lintel-error.ts';
import { hostTool } from '../host-tool.ts';
import { type ImageArguments, imageArguments } from './arguments.ts';
import { buildBundle } from './bundle.ts';
import { type MadeSlot, makeSlot, writeImage } from './make-image.ts';
import { developmentSigning, type Signing } from './signing.ts';

const HELP = `Usage: npm run image [-- [bundle] [--certificate PEM --key PEM] [--keyring PEM] [--json]]

Makes, in build/image, an image for a card or disk of an arm64 machine that starts by UEFI: Debian with the package of what
is checked out here, a read-only root, and a partition for what outlives updates. 'bundle' makes the signed update instead.
docs/image.md says how both are used, and which machines they are for. Needs root, the internet, 4 GB of disk, and some
minutes the first time: a Debian without the package is kept in \${XDG_CACHE_HOME:-~/.cache}/lintel/device.

  --certificate PEM, --key PEM  who signs updates; without them, a key for development that lies in build/image/signing
  --keyring PEM                 the certificates by which the image knows updates (default: --certificate)
  --json                        at the end, print what was made as one JSON object
  --help                        print this
`;
const MEGABYTE = 1e6;

const checkout = join(import.meta.dirname, '../..');
const folder = join(checkout, 'build/image');

try {
  const args = imageArguments(process.argv.slice(2));
  if (args.help) process.stdout.write(HELP);
  else await make(args);
} catch (error) {
  if (!(error instanceof LintelError)) throw error;
  process.stderr.write(`image: ${error.message}\n`);
  process.exitCode = error.code === 'USAGE' ? 2 : 1;
}

async function make(args: ImageArguments): Promise<void> {
  if (process.getuid?.() !== 0) {
    throw new LintelError('NOT_ROOT', 'files of an image belong to root: run this as root');
  }
  if (args.keyring === undefined) say('it knows updates by a key for development: no image for a real door');
  const signing = args.signing ?? (await developmentSigning(join(folder, 'signing')));
  const made = await makeSlot(checkout, args.keyring ?? signing.certificate, folder, say);
  say(args.command === 'bundle' ? 'signing the update' : 'assembling the image');
  const files = args.command === 'bundle' ? [await bundle(made, signing)] : await image(made);
  const facts = await Promise.all(
    files.map(async (file) => ({ file, bytes: (await stat(file)).size, sha256: await sha256Of(file) })),
  );
  if (args.json) process.stdout.write(`${JSON.stringify({ version: made.facts.version, files: facts })}\n`);
  for (const { file, bytes, sha256 } of args.json ? [] : facts) {
    process.stdout.write(
      `${file.slice(checkout.length + 1)}  ${(bytes / MEGABYTE).toFixed(1)} MB\n  sha256 ${sha256}\n`,
    );
  }
}

/** The image, and the same as it is handed on. */
async function image(made: MadeSlot): Promise<string[]> {
  const file = await writeImage(made, folder);
  await hostTool('zstd', ['--quiet', '--force', '-6', '--threads=0', file, '-o', `${file}.zst`]);
  return [file, `${file}.zst`];
}

async function bundle({ slot, facts, name }: MadeSlot, signing: Signing): Promise<string> {
  const file = join(folder, `${name}.raucb`);
  const work = join(folder, 'parts');
  await buildBundle(slot, facts, signing, work, file);
  await rm(work, { recursive: true, force: true });
  return file;
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

function say(line: string): void {
  process.stderr.write(`image: ${line}\n`);
}
