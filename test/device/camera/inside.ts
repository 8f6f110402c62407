import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { type GuestLine, parseGuestLine } from '../guest-report.ts';
import { cameraRoot } from './camera-root.ts';
import { makePictures } from './pictures.ts';

const here = import.meta.dirname;
const checkout = join(here, '../../..');

/** Who is not root may mount in a user namespace of his own, where the kernel allows that. */
const NAMESPACES = [
  ...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']),
  ...['--mount', '--pid', '--fork', '--kill-child', '--mount-proc'],
];

export interface Ended {
  readonly lines: readonly GuestLine[];
  readonly status: number | null;
  readonly stderr: string;
}

/** What there has to be for a virtual camera; `runWithCamera` puts it in its place. */
export interface Place {
  readonly root: string;
  readonly build: string;
  readonly pictures: string;
}

/** @throws LintelError DEBIAN_MIRROR, HOST_TOOL */
export async function prepareCamera(): Promise<Place> {
  return { ...(await cameraRoot()), pictures: await makePictures(checkout) };
}

/** Why there can be no virtual camera on this machine, if that is so. */
export function lackForCamera(): string | undefined {
  const works = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;
  if (!works('apt-get', '--version')) return "Debian's packages (it is not a Debian)";
  return works('unshare', ...NAMESPACES, 'true') ? undefined : 'the right to mount (run as root)';
}

/**
 * Runs a program of the checkout, whose checks are `node:test`'s, where there is a libcamera with a virtual camera. DMA
 * buffers, and failures, are those of stand-ins.
 */
export async function runWithCamera(place: Place, program: string): Promise<Ended> {
  const inside = spawn(
    'unshare',
    [
      ...NAMESPACES,
      ...nodeWithCamera(
        place,
        ['udmabuf.so', 'faults.so'],
        [
          ...['--test-timeout=60000', '--test-force-exit'],
          ...[
            '--test-reporter=/checkout/test/device/guest-reporter.ts',
            '--test-reporter-destination=stdout',
          ],
          `/checkout/${program}`,
        ],
      ),
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: '/usr/bin:/usr/sbin', LINTEL_CAMERA_FAULT: '/tmp/fault' },
    },
  );
  const lines: GuestLine[] = [];
  createInterface({ input: inside.stdout }).on('line', (line) => {
    const said = parseGuestLine(line);
    if (said) lines.push(said);
  });
  const [stderr, [status]] = await Promise.all([text(inside.stderr), once(inside, 'close')]);
  return { lines, status, stderr };
}

/**
 * The command, for mounts of its own, that runs Node where there is a libcamera.
 * @param standIns libraries to be preloaded
 */
export function nodeWithCamera(
  { root, build, pictures }: Place,
  standIns: readonly string[],
  args: readonly string[],
): string[] {
  return [
    ...['sh', join(here, 'inside.sh'), root, checkout, build, pictures],
    ...['/usr/bin/env', `LD_PRELOAD=${standIns.map((name) => `/checkout/build/${name}`).join(':')}`],
    `/checkout/node_modules/node-linux-${process.arch}/bin/node`,
    ...args,
  ];
}
