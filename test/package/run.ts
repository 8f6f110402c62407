import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEBIAN_RELEASE } from '../../deploy/debian-mirror.ts';
import { requireHostPackages } from '../../deploy/host-packages.ts';
import { hostTool } from '../../deploy/host-tool.ts';
import { buildPackage } from '../../deploy/package/build-package.ts';
import { LIBCAMERA } from '../../deploy/package/camera-part.ts';
import { TARGETS } from '../../deploy/package/target.ts';
import { LintelError } from '../../src/lintel-error.ts';

// npm run test:package [-- --twice]: makes the package for this kind of machine, installs it in a Debian of its own,
// runs it there, removes and purges it; then boots that Debian, and tries the services under its systemd. With --twice
// the package is made a second time, from a clone elsewhere, and is to be the same to the bit. Needs root and some minutes.

const INSIDE = [
  ...['systemd-sysv', 'udev', 'passwd', 'libstdc++6', 'procps', 'mosquitto', 'mosquitto-clients'],
  LIBCAMERA.library,
];
const NEEDED = { mmdebstrap: 'mmdebstrap', unshare: 'util-linux' };
const MOST_MEGABYTES = 90;
const checkout = join(import.meta.dirname, '../..');
const target = TARGETS.find(({ node }) => node === process.arch);
if (!target) throw new LintelError('USAGE', `there is no package for ${process.arch}`);

await requireHostPackages(NEEDED, say);
const work = await mkdtemp(join(tmpdir(), 'lintel-test-package-'));
try {
  say(`making the package for ${target.debian}`);
  const built = await buildPackage(checkout, target, work);
  const megabytes = built.bytes / 1e6;
  say(`${megabytes.toFixed(1)} MB, sha256 ${built.sha256}`);
  if (megabytes > MOST_MEGABYTES) throw new LintelError('TOO_LARGE', `it may have ${MOST_MEGABYTES} MB`);
  if (process.argv.includes('--twice')) await makeAgain(built.sha256);
  const root = join(work, 'root');
  say(`making a Debian ${DEBIAN_RELEASE}`);
  await hostTool('mmdebstrap', ['--variant=minbase', `--include=${INSIDE.join(',')}`, DEBIAN_RELEASE, root]);
  await copyFile(built.file, join(root, 'tmp/lintel.deb'));
  await copyFile(join(import.meta.dirname, 'inside.sh'), join(root, 'tmp/inside.sh'));
  const clip = ['-t', '10', '-pix_fmt', 'yuv420p', '-s', '640x360', join(root, 'tmp/door.y4m')];
  await hostTool('ffmpeg', ['-v', 'error', '-i', join(checkout, 'build/material/demo.mp4'), ...clip]);
  process.exitCode = (await inside(root)) || (await booted(root));
} finally {
  await rm(work, { recursive: true });
}

async function makeAgain(sha256: string): Promise<void> {
  say('making it again, elsewhere');
  const clone = join(work, 'clone');
  await hostTool('git', ['clone', '--quiet', checkout, clone]);
  await symlink(join(checkout, 'node_modules'), join(clone, 'node_modules'));
  await hostTool('mkdir', [join(clone, 'build')]);
  await symlink(join(checkout, 'build/models'), join(clone, 'build/models'));
  const again = await buildPackage(clone, target!, join(work, 'again'));
  if (again.sha256 !== sha256) throw new LintelError('NOT_REPRODUCIBLE', `made again, it is ${again.sha256}`);
  say('ok: made twice, it is the same to the bit');
}

/** With mounts and processes of its own, which end with it. */
async function inside(root: string): Promise<number> {
  const script = `mount -t proc -o hidepid=invisible proc "$0/proc" && mount --rbind /dev "$0/dev" &&
    exec chroot "$0" sh /tmp/inside.sh /tmp/lintel.deb /tmp/door.y4m`;
  const namespaces = ['--mount', '--pid', '--fork', '--kill-child'];
  const child = spawn('unshare', [...namespaces, 'sh', '-c', script, root], { stdio: 'inherit' });
  const [status] = await once(child, 'exit');
  return status ?? 1;
}

/** Under the root's own systemd, which mounts something of its own at /tmp. */
async function booted(root: string): Promise<number> {
  await rename(join(root, 'tmp/lintel.deb'), join(root, 'var/lintel.deb'));
  const program = [
    join(import.meta.dirname, 'booted/main.ts'),
    root,
    '/var/lintel.deb',
    join(root, 'tmp/door.y4m'),
  ];
  const child = spawn(process.execPath, ['--test-reporter=spec', ...program], { stdio: 'inherit' });
  const [status] = await once(child, 'exit');
  return status ?? 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
