import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

// The real setup in a project of its own, on a machine of which it sees one folder of stand-ins.

const here = import.meta.dirname;
const COMMANDS = [
  'chromium',
  'ffmpeg',
  'chromium',
  'fusermount3',
  'g++',
  'make',
  'mosquitto',
  'openssl',
  'pg_ctlcluster',
  'pkg-config',
  'python3',
  'tshark',
  'unshare',
];
let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'lintel-setup-'));
  for (const name of [
    'setup.mjs',
    'child.mjs',
    'debian-packages.mjs',
    'libcamera.mjs',
    'native-part.mjs',
    'stamp.mjs',
  ])
    cpSync(join(here, name), join(project, 'deploy', name));
  put('package-lock.json', '{"packages":{"":{},"node_modules/onoff":{"version":"6.0.3"}}}');
  put('firmware/gpio/native/gpio-lines.cc', 'calls');
  put('firmware/system/native/notify.cc', 'call');
  put('src/frame/native/planes.cc', 'loops');
  put('models/build.ts', maker('build/models'));
  put('models/catalogue.json', '[]');
  put('test/material/make.ts', maker('build/material'));
  for (const name of COMMANDS) command(name, 'exit 0');
  command('g++', 'while [ "$1" != -o ]; do shift; done; echo built > "$2"');
  command('apt-get', 'exit 0');
  command(
    'npm',
    `case "$1" in
       ci) /bin/mkdir -p node_modules/onoff; echo > node_modules/onoff/index.js; /bin/cp package-lock.json node_modules/.package-lock.json;;
       rebuild) /bin/mkdir -p node_modules/epoll/build/Release; echo > node_modules/epoll/build/Release/epoll.node;;
     esac`,
  );
});

afterEach(() => rmSync(project, { recursive: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

/** A stand-in that writes down how it was called. */
function command(name: string, body: string): void {
  put(`bin/${name}`, `#!/bin/sh\necho "${name} $*" >> calls\n${body}\n`);
  spawnSync('chmod', ['+x', join(project, 'bin', name)]);
}

function maker(folder: string): string {
  return `import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
    const folder: string = '${folder}';
    appendFileSync('calls', 'make ${folder}\\n');
    mkdirSync(folder, { recursive: true });
    writeFileSync(folder + '/one', 'made');`;
}

function setUp(...args: string[]) {
  rmSync(join(project, 'calls'), { force: true });
  const { status, stdout, stderr } = spawnSync(process.execPath, ['deploy/setup.mjs', ...args], {
    cwd: project,
    encoding: 'utf8',
    env: { PATH: join(project, 'bin'), LIBCAMERA_PREFIX: join(project, 'usr') },
  });
  const calls = existsSync(join(project, 'calls')) ? readFileSync(join(project, 'calls'), 'utf8') : '';
  return { status, stdout, stderr, calls: calls.split('\n').filter(Boolean) };
}

const DONE = { status: 0, stdout: '', stderr: '', calls: [] };

test('on a fresh clone every step is taken, and the second time none', () => {
  const { status, stdout, stderr, calls } = setUp();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toBe(
    "setup: npm packages\nsetup: onoff's native part\nsetup: the project's own native parts\nsetup: face detectors\nsetup: demonstration clip and test pictures\n",
  );
  expect(calls.map((call) => call.split(' ').slice(0, 2).join(' '))).toEqual([
    'npm ci',
    'npm rebuild',
    'g++ -shared',
    'g++ -shared',
    'g++ -shared',
    'make build/models',
    'make build/material',
  ]);
  expect(calls[0]).toContain('--ignore-scripts');
  expect(setUp()).toEqual(DONE);
});

test('a folder is made again when a source changes or something made is gone, and not for a test', () => {
  setUp();
  put('models/catalogue.test.ts', 'a test');
  expect(setUp()).toEqual(DONE);
  put('models/catalogue.json', '[1]');
  expect(setUp().calls).toEqual(['make build/models']);
  rmSync(join(project, 'build/material/one'));
  expect(setUp().calls).toEqual(['make build/material']);
  put('build/models/one', 'cut');
  expect(setUp().calls).toEqual(['make build/models']);
  put('firmware/gpio/native/gpio-lines.cc', 'other calls');
  expect(setUp().calls).toEqual([
    expect.stringMatching(/^g\+\+ .*gpio-lines.cc$/),
    expect.stringMatching(/^g\+\+ .*notify.cc$/),
    expect.stringMatching(/^g\+\+ .*planes.cc$/),
  ]);
  expect(setUp()).toEqual(DONE);
});

test("the camera driver's native part is built where libcamera is, and again when another release of it comes", () => {
  setUp();
  const release = (minor: number) =>
    put(
      'usr/include/libcamera/libcamera/version.h',
      `#define LIBCAMERA_VERSION_MAJOR\t\t0\n#define LIBCAMERA_VERSION_MINOR\t\t${minor}\n`,
    );
  put('firmware/camera/native/capture.cc', 'captures');
  put('usr/lib/libcamera.so', '');
  release(0);
  expect(setUp()).toEqual(DONE);
  for (const minor of [7, 8]) {
    release(minor);
    expect(setUp().calls).toEqual([expect.stringMatching(/^g\+\+ .*capture.cc .*-lcamera /)]);
    expect(setUp()).toEqual(DONE);
  }
});

test('npm packages are installed again when the lock file asks for others', () => {
  setUp();
  put('package-lock.json', '{"packages":{"":{},"node_modules/onoff":{"version":"6.0.4"}}}');
  expect(setUp().calls[0]).toMatch(/^npm ci/);
  const elsewhere = '"node_modules/for-mars":{"version":"1.0.0","optional":true}';
  put('package-lock.json', `{"packages":{"":{},"node_modules/onoff":{"version":"6.0.4"},${elsewhere}}}`);
  expect(setUp().calls.filter((call) => call.startsWith('npm'))).toEqual([]);
});

test('a step that fails is told without a stack trace, and is taken again the next time', () => {
  command('npm', 'echo the registry is on fire >&2; exit 7');
  const { status, stderr } = setUp();
  expect(status).toBe(1);
  expect(stderr).toMatch(/^setup: 'npm ci [^\n]*' failed \(7\)\n {2}\| the registry is on fire\n$/);
  expect(setUp().status).toBe(1);
});

test('a native part that was built but cannot be loaded is built again', () => {
  setUp();
  rmSync(join(project, 'node_modules/epoll'), { recursive: true });
  put('node_modules/onoff/index.js', 'throw new Error("wrong ABI")');
  expect(setUp()).toMatchObject({ status: 1, stderr: expect.stringContaining('wrong ABI') });
  put('node_modules/onoff/index.js', '');
  expect(setUp().calls[0]).toMatch(/^npm rebuild epoll/);
});

test('a missing Debian package is installed by root, after an update if need be; others are told the command', () => {
  setUp();
  rmSync(join(project, 'bin/ffmpeg'));
  command('apt-get', 'case "$1" in update) : > lists;; *) [ -e lists ] || exit 100;; esac');
  const { status, stderr, calls } = setUp();
  const install = 'apt-get install -y --no-install-recommends ffmpeg';
  if (process.getuid?.() === 0) {
    expect(status).toBe(0);
    expect(calls).toEqual([install, 'apt-get update', install]);
  } else {
    expect(status).toBe(1);
    expect(stderr).toContain(`sudo sh -c 'apt-get update && ${install}'`);
    expect(calls).toEqual([]);
  }
});

test('help is given, and an unknown option refused, without anything being done', () => {
  expect(setUp('--help')).toMatchObject({ status: 0, stderr: '', calls: [] });
  expect(setUp('--help').stdout).toMatch(/^Usage: npm run setup\n/);
  expect(setUp('--fast')).toEqual({
    ...DONE,
    status: 2,
    stderr: 'setup: there is no option --fast (--help says how)\n',
  });
});
