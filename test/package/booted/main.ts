import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { buildGpioFuse } from '../../device/gpio-fuse/build.ts';
import { aiming } from './aiming.booted.ts';
import { BootedDebian } from './booted-debian.ts';
import { firstStart } from './first-start.booted.ts';
import { InstalledLintel } from './installed-lintel.ts';
import { servicesAndWalls } from './services.booted.ts';
import { OPEN_FOLDER, PROBE, SOCKET, SUID_PROBE } from './walls.ts';
import { watchdog } from './watchdog.booted.ts';

// node main.ts ROOT PACKAGE CLIP: boots the Debian in ROOT, in which PACKAGE lies, and tries its services there.

const [root, deb, clip] = process.argv.slice(2) as [string, string, string];
const gpioFuse = join(root, 'tmp/gpio-fuse');
let debian: BootedDebian;
let lintel: InstalledLintel;

before(async () => {
  buildGpioFuse(gpioFuse);
  debian = await BootedDebian.boot(root, gpioFuse);
  lintel = await InstalledLintel.install(debian, deb, clip);
  await buildProbe();
  await listen();
});
after(() => debian?.[Symbol.asyncDispose]());

firstStart(() => lintel, reboot);
aiming(() => lintel, reboot);
servicesAndWalls(() => lintel);
watchdog(() => lintel);

async function reboot(): Promise<void> {
  await debian[Symbol.asyncDispose]();
  debian = await BootedDebian.boot(root, gpioFuse);
  lintel = new InstalledLintel(debian);
  await listen();
}

async function buildProbe(): Promise<void> {
  const probe = join(root, PROBE);
  const source = join(import.meta.dirname, 'probe.c');
  execFileSync('cc', ['-std=gnu11', '-Wall', '-Wextra', '-Werror', '-static', '-o', probe, source]);
  await debian.must(['install', '--mode=4755', PROBE, SUID_PROBE]);
  await debian.must(['install', '--mode=1777', '--directory', OPEN_FOLDER]);
  await debian.must(['useradd', '--no-create-home', 'lintel-neighbour']);
}

/** A socket that anybody may connect to. */
async function listen(): Promise<void> {
  await debian.write(
    '/run/systemd/system/lintel-test.socket',
    `[Socket]\nListenStream=${SOCKET}\nSocketMode=0666\n`,
  );
  await debian.write(
    '/run/systemd/system/lintel-test.service',
    '[Service]\nExecStart=/usr/bin/sleep infinity\n',
  );
  await debian.must(['systemctl', 'daemon-reload']);
  await debian.must(['systemctl', 'start', 'lintel-test.socket']);
}
