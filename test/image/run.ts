import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { requireHostPackages } from '../../deploy/host-packages.ts';
import { hostTool } from '../../deploy/host-tool.ts';
import { makeSlot, writeImage } from '../../deploy/image/make-image.ts';
import { developmentSigning } from '../../deploy/image/signing.ts';
import { FIRMWARE } from './image-machine.ts';

// npm run test:image [-- NAME...]: makes the image of what is checked out here, and boots it in an emulated arm64 machine, one
// NAME.image.ts after another. LINTEL_POWER_CUTS is how many of the ten points of an update the power is cut at. Needs root, a
// machine that has nothing else to do, and more than an hour, most of it for the power cuts.

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
if (!existsSync(FIRMWARE))
  await hostTool('apt-get', ['install', '--yes', '--no-install-recommends', 'qemu-efi-aarch64']);
const signing = await developmentSigning(join(folder, 'signing'));
const made = await makeSlot(checkout, signing.certificate, folder, say);
const image = await writeImage(made, folder);
const vitest = join(checkout, 'node_modules/vitest/vitest.mjs');
const config = join(import.meta.dirname, 'vitest.config.ts');
const child = spawn(process.execPath, [vitest, 'run', '--config', config, ...process.argv.slice(2)], {
  cwd: checkout,
  stdio: 'inherit',
  env: { ...process.env, LINTEL_IMAGE: image, LINTEL_MADE: JSON.stringify({ made, signing }) },
});
const [status] = await once(child, 'exit');
process.exitCode = status ?? 1;
