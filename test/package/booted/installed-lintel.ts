import { copyFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stringify } from 'smol-toml';
import { LintelError } from '../../../src/lintel-error.ts';
import { type ReceivedReport, receiveReport } from '../../../src/monitor/received-report.ts';
import { REPORT_TOPIC_FILTER } from '../../../src/wire/report-topic.ts';
import type { BootedDebian } from './booted-debian.ts';

export const VISION = 'lintel-vision.service';
export const UPLINK = 'lintel-uplink.service';
export const IDENTITY = 'lintel-identity.service';
export const SERVICES = [VISION, UPLINK] as const;
export type Service = (typeof SERVICES)[number];

/** Where a test's own programs lie: programs are run from /usr alone. */
export const TEST_PLACE = '/usr/lib/lintel-test';
const CLIP = '/var/lib/lintel/clip/door.y4m';
export const NODE = '/usr/lib/lintel/bin/node';
export const SETTINGS = '/etc/lintel/lintel.toml';
const COMMAND = `${NODE} /usr/lib/lintel/firmware/lintel.ts vision --settings ${SETTINGS}`;
const WAIT_SECONDS = 120;
const LOOK_MS = 100;
const BROKER = 'mosquitto.service';

/**
 * 'recording' shows people, and its windows last five seconds; 'program' has its frames from a program, as a sensor has;
 * 'libcamera' is looked for by libcamera itself, which finds none here.
 */
export type CameraKind = 'recording' | 'program' | 'libcamera';

/** Of these each service has its own, which no one else sees. */
export const PRIVATE = ['/dev/mqueue', '/tmp', '/var/tmp'];
/** Finds every folder that can be written to. */
export const FIND =
  '/usr/bin/find / ( -path /proc -o -path /sys ) -prune -o -type d -writable -print -prune'.split(' ');

/** The package, installed in a booted Debian with a broker, a stand-in for lines and one for a camera's program. */
export class InstalledLintel {
  readonly debian: BootedDebian;

  /**
   * @param deb where the package is, as seen inside
   * @param clip a recording outside
   */
  static async install(debian: BootedDebian, deb: string, clip: string): Promise<InstalledLintel> {
    await debian.must(['dpkg', '--install', deb]);
    await debian.must(['install', '-d', '/var/lib/lintel/clip', TEST_PLACE]);
    await copyFile(clip, debian.root + CLIP);
    for (const source of ['../../camera/rpicam-vid.ts', '../../camera/stand-in.ts', 'fault.ts']) {
      await copyFile(join(import.meta.dirname, source), join(debian.root, TEST_PLACE, basename(source)));
    }
    await debian.write(
      '/usr/bin/rpicam-vid',
      `#!/bin/sh\nexec /usr/lib/lintel/bin/node ${TEST_PLACE}/rpicam-vid.ts "$@"\n`,
    );
    await debian.must(['chmod', '755', '/usr/bin/rpicam-vid']);
    return new InstalledLintel(debian);
  }

  /** @param debian in which it was installed before */
  constructor(debian: BootedDebian) {
    this.debian = debian;
  }

  settings(camera: CameraKind) {
    const cameras = {
      recording: { driver: 'replay', file: CLIP },
      program: { driver: 'rpicam', width: 320, height: 240, frames_per_second: 5 },
      libcamera: { driver: 'native' },
    };
    return {
      site: { name: 'house', device: 'door', place: 'lobby', purpose: 'Counting.' },
      camera: cameras[camera],
      doorway: {
        line: [
          [0.5, 0],
          [0.5, 1],
        ],
        in_side: 'left-to-right',
      },
      lines: { sense_wired: false },
    };
  }

  async configure(camera: CameraKind): Promise<void> {
    await this.debian.write(SETTINGS, stringify(this.settings(camera)));
    const quick = `[Service]\nExecStart=\nExecStart=${COMMAND} --window-seconds 5\n`;
    await this.dropIn(VISION, 'quick', camera === 'recording' ? quick : '');
  }

  /** Adds to a unit's file, until the machine is off. */
  async dropIn(service: Service, name: string, text: string): Promise<void> {
    await this.debian.write(`/run/systemd/system/${service}.d/${name}.conf`, text);
    await this.debian.must(['systemctl', 'daemon-reload']);
  }

  /** Has `vision` load a module of ours before its own. */
  async importFault(module: string): Promise<void> {
    const unit = await this.debian.read(`/usr/lib/systemd/system/${VISION}`);
    const [, options] = /^Environment="(NODE_OPTIONS=(?:[^"\\]|\\\n)*)"$/m.exec(unit)!;
    await this.dropIn(VISION, 'fault', `[Service]\nEnvironment="${options} --import=${module}"\n`);
  }

  /** Resolves when both have begun: `vision` when it can watch. */
  async restart(): Promise<void> {
    await this.debian.must(['systemctl', 'restart', ...SERVICES]);
  }

  async stop(): Promise<void> {
    await this.debian.must(['systemctl', 'stop', ...SERVICES]);
  }

  async property(service: string, name: string): Promise<string> {
    return (await this.debian.must(['systemctl', 'show', '--value', `--property=${name}`, service])).trim();
  }

  /** Resolves when a service has this property. @throws LintelError NOT_SEEN */
  async until(service: string, name: string, value: string): Promise<void> {
    const lateMs = performance.now() + WAIT_SECONDS * 1_000;
    for (;;) {
      const found = await this.property(service, name);
      if (found === value) return;
      if (performance.now() > lateMs) {
        throw new LintelError('NOT_SEEN', `${name} of ${service} stays ${found}: ${await this.log(service)}`);
      }
      await delay(LOOK_MS);
    }
  }

  /** What a service has said since the machine was booted. */
  log(service: string): Promise<string> {
    return this.debian.must(['journalctl', '--no-pager', '--output=cat', `--unit=${service}`]);
  }

  /** The next report that the broker is given, its signature checked. */
  async nextReport(): Promise<ReceivedReport> {
    await this.debian.must(['systemctl', 'start', BROKER]);
    const options = ['-h', '127.0.0.1', '-C', '1', '-W', String(WAIT_SECONDS), '-F', '%t %x'];
    const said = await this.debian.must(['mosquitto_sub', ...options, '-t', REPORT_TOPIC_FILTER]);
    const [topic, payload] = said.trim().split(' ');
    return receiveReport(topic!, Buffer.from(payload!, 'hex'));
  }
}

/** As it is known inside. */
export async function guardOf(debian: BootedDebian): Promise<string> {
  return (await debian.must(['pgrep', '--full', 'guard-program'])).trim();
}
