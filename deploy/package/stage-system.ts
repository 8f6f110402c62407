import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { LIBCAMERA } from './camera-part.ts';
import { packagedSettings } from './packaged-settings.ts';
import { put } from './stage.ts';

const DOC = 'usr/share/doc/lintel';

/** Where each file of ours goes, from the checkout. */
const PLACES: Readonly<Record<string, string>> = {
  'deploy/package/debian/lintel': 'usr/bin/lintel',
  'deploy/package/debian/copyright': `${DOC}/copyright`,
  'deploy/package/debian/lintian-overrides': 'usr/share/lintian/overrides/lintel',
  'deploy/broker/acl': `${DOC}/examples/broker/acl`,
  'deploy/broker/mosquitto.conf': `${DOC}/examples/broker/mosquitto.conf`,
  'deploy/services/lintel-vision.service': 'usr/lib/systemd/system/lintel-vision.service',
  'deploy/services/lintel-uplink.service': 'usr/lib/systemd/system/lintel-uplink.service',
  'deploy/services/lintel-first-start.service': 'usr/lib/systemd/system/lintel-first-start.service',
  'deploy/services/lintel-identity.service': 'usr/lib/systemd/system/lintel-identity.service',
  'deploy/services/lintel-blink.service': 'usr/lib/systemd/system/lintel-blink.service',
  'deploy/services/lintel-aiming.path': 'usr/lib/systemd/system/lintel-aiming.path',
  'deploy/services/lintel-aiming.service': 'usr/lib/systemd/system/lintel-aiming.service',
  'deploy/services/lintel-aiming-save.path': 'usr/lib/systemd/system/lintel-aiming-save.path',
  'deploy/services/lintel-aiming-save.service': 'usr/lib/systemd/system/lintel-aiming-save.service',
  'deploy/services/lintel-aiming.sysusers': 'usr/lib/sysusers.d/lintel-aiming.conf',
  'deploy/services/lintel-aiming.tmpfiles': 'usr/lib/tmpfiles.d/lintel-aiming.conf',
  'deploy/services/lintel.sysusers': 'usr/lib/sysusers.d/lintel.conf',
  'deploy/services/lintel.tmpfiles': 'usr/lib/tmpfiles.d/lintel.conf',
  // Before 73-seat-late.rules, which gives devices to whoever sits there.
  'deploy/services/lintel.udev': 'usr/lib/udev/rules.d/72-lintel.rules',
};
const MAINTAINER_SCRIPTS = ['postinst', 'prerm', 'postrm'];

export interface PackageFacts {
  readonly version: string;
  /** As Debian says it. */
  readonly architecture: string;
  readonly timeSeconds: number;
  readonly sbom: string;
}

/** Fills `root` with what makes a program a package: services, users, settings, documents and Debian's own files. */
export async function stageSystem(checkout: string, root: string, facts: PackageFacts): Promise<void> {
  for (const [from, to] of Object.entries(PLACES)) await put(join(checkout, from), join(root, to));
  await write(root, 'usr/share/lintel/lintel.toml', packagedSettings());
  await write(root, `${DOC}/sbom.cdx.json`, facts.sbom);
  await write(root, `${DOC}/changelog.gz`, gzipSync(changelog(facts), { level: 9 }));
  for (const script of MAINTAINER_SCRIPTS) {
    await put(join(checkout, 'deploy/package/debian', script), join(root, 'DEBIAN', script));
  }
  const files = await filesIn(root);
  await write(root, 'DEBIAN/md5sums', await md5sums(root, files));
  await write(root, 'DEBIAN/control', await control(root, files, facts));
}

async function write(root: string, path: string, contents: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), contents, { mode: 0o644 });
}

/** All but Debian's own, by their paths, sorted. */
async function filesIn(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((path) => !path.startsWith('DEBIAN/'))
    .sort();
}

async function md5sums(root: string, files: readonly string[]): Promise<string> {
  const lines = files.map(async (path) => {
    const digest = createHash('md5')
      .update(await readFile(join(root, path)))
      .digest('hex');
    return `${digest}  ${path}\n`;
  });
  return (await Promise.all(lines)).join('');
}

/** deb-control(5). The libraries are those that the pinned Node and ONNX Runtime were linked with. */
async function control(root: string, files: readonly string[], facts: PackageFacts): Promise<string> {
  let bytes = 0;
  for (const path of files) bytes += (await readFile(join(root, path))).byteLength;
  return `Package: lintel
Version: ${facts.version}
Architecture: ${facts.architecture}
Maintainer: Lintel <lintel@localhost.invalid>
Installed-Size: ${Math.ceil(bytes / 1024)}
Depends: libc6 (>= 2.34), libgcc-s1, libstdc++6 (>= 11), systemd (>= 252)
Recommends: ca-certificates, udev
Suggests: ffmpeg, ${LIBCAMERA.library}, ${LIBCAMERA.modules}
Section: net
Priority: optional
Description: door camera that hides every face and counts nobody by name
 Lintel looks for faces so that it can hide them, lights a sign whenever it
 looks, stops when a resident presses a button, and reports noisy counts only.
 It is two programs: one with the camera and no network, one with the network
 and no camera.
`;
}

function changelog({ version, timeSeconds }: PackageFacts): string {
  const time = new Date(timeSeconds * 1_000).toUTCString().replace('GMT', '+0000');
  return `lintel (${version}) unstable; urgency=medium\n\n  * See the repository's log.\n\n -- Lintel <lintel@localhost.invalid>  ${time}\n`;
}
