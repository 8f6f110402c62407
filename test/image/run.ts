import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { requireHostPackages } from '../../deploy/host-packages.ts';
import { makeSlot, writeImage } from '../../deploy/image/make-image.ts';
import { developmentSigning } from '../../deploy/image/signing.ts';

// npm run test:image [-- NAME... [--power-cuts N]]: makes the image of what is checked out here, and boots it in an emulated
// machine: `first-start`, `update`, or both. Needs root and, the second time, half an hour.

const NEEDED = {
  'qemu-system-aarch64': 'qemu-system-arm',
  debugfs: 'e2fsprogs',
  mosquitto: 'mosquitto',
  ffmpeg: 'ffmpeg',
};
const checkout = join(import.meta.dirname, '../..');
const folder = join(checkout, 'build/image-test');
const say = (line: string) => void process.stdout.write(`${line}\n`);

await requireHostPackages(NEEDED, say);
const signing = await developmentSigning(join(folder, 'signing'));
const made = await makeSlot(checkout, signing.certificate, folder, say);
const image = await writeImage(made, folder);
const vitest = join(checkout, 'node_modules/vitest/vitest.mjs');
const config = join(import.meta.dirname, 'vitest.config.ts');
const child = spawn(process.execPath, [vitest, 'run', '--config', config, ...process.argv.slice(2)], {
  cwd: checkout,
  stdio: 'inherit',
  env: { ...process.env, LINTEL_IMAGE: image },
});
const [status] = await once(child, 'exit');
process.exitCode = status ?? 1;
