#!/usr/bin/env node
// Makes a fresh clone ready for `npm start` and `npm test`, and does nothing where nothing is missing.
// Plain JavaScript without dependencies: it runs before anything is installed, under any Node from 20 on.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const HELP = `usage: npm run setup

Installs what Lintel needs and skips what is there: Debian packages (as root; otherwise it prints the one line
to run), the npm packages of the lock file with their install scripts off, the native part of 'onoff', the
models, and the pictures and clips that the demonstration and the tests use.`;

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const NODE = join(ROOT, 'node_modules', '.bin', 'node');
const STAMPS = join(ROOT, 'build', 'setup.json');

/** Debian package: a file or command that it brings. */
const DEBIAN_PACKAGES = {
  ffmpeg: 'ffmpeg',
  mosquitto: 'mosquitto',
  make: 'make',
  'g++': 'g++',
  python3: 'python3',
  'util-linux': 'unshare',
  iproute2: 'ip',
  fuse3: 'fusermount3',
  'pkg-config': 'pkg-config',
  'libfuse3-dev': '/usr/include/fuse3/fuse.h',
};

/**
 * What is done, in this order. `inputs` are the files that, when they change, make it necessary again; `outputs` must
 * exist.
 */
const STEPS = [
  {
    name: 'npm packages',
    inputs: ['package-lock.json'],
    outputs: ['node_modules/.package-lock.json'],
    run: () =>
      command('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
        ONNXRUNTIME_NODE_INSTALL: 'skip',
      }),
  },
  {
    name: "native part of 'onoff'",
    inputs: ['package-lock.json'],
    outputs: ['node_modules/epoll/build/Release/epoll.node'],
    run: buildEpoll,
  },
  {
    name: 'models',
    inputs: ['package-lock.json', 'models'],
    outputs: ['build/models'],
    run: () => command(NODE, ['models/build.ts']),
  },
  {
    name: 'pictures and clips',
    inputs: ['test/material'],
    outputs: [
      'build/material/demo.mp4',
      'build/material/demo-truth.json',
      'build/material/photos/sample1.jpg',
    ],
    run: () => command(NODE, ['test/material/make.ts']),
  },
];

if (process.argv.includes('--help')) {
  console.log(HELP);
} else {
  try {
    await setUp();
  } catch (error) {
    console.error(`set-up: ${error.message}`);
    process.exitCode = 1;
  }
}

async function setUp() {
  process.chdir(ROOT);
  await installDebianPackages();
  const stamps = readStamps();
  for (const step of STEPS) {
    const stamp = hashOf(step.inputs);
    if (stamps[step.name] === stamp && step.outputs.every((output) => existsSync(join(ROOT, output))))
      continue;
    console.log(`set-up: ${step.name} ...`);
    const begun = Date.now();
    await step.run();
    console.log(`set-up: ${step.name} ready after ${((Date.now() - begun) / 1000).toFixed(1)} s`);
    stamps[step.name] = stamp;
    mkdirSync(dirname(STAMPS), { recursive: true });
    writeFileSync(STAMPS, `${JSON.stringify(stamps, null, 2)}\n`);
  }
}

async function installDebianPackages() {
  const missing = Object.entries(DEBIAN_PACKAGES)
    .filter(([, brings]) => !(brings.startsWith('/') ? existsSync(brings) : isCommand(brings)))
    .map(([name]) => name);
  if (missing.length === 0) return;
  const install = ['install', '-y', '--no-install-recommends', ...missing];
  if (process.getuid?.() !== 0) {
    throw new Error(`some Debian packages are missing; run: sudo apt-get ${install.join(' ')}`);
  }
  console.log(`set-up: Debian packages ${missing.join(' ')} ...`);
  const settings = { DEBIAN_FRONTEND: 'noninteractive' };
  await command('apt-get', ['update', '-qq'], settings);
  await command('apt-get', ['-qq', ...install], settings);
}

function isCommand(name) {
  return (process.env.PATH ?? '').split(':').some((folder) => folder && existsSync(join(folder, name)));
}

async function buildEpoll() {
  const headers = `node_modules/node-linux-${process.arch === 'arm64' ? 'arm64' : 'x64'}`;
  if (!existsSync(join(ROOT, headers, 'include', 'node'))) {
    throw new Error(`${headers} is not there: Lintel runs on 64-bit x86 and ARM Linux only`);
  }
  await command('npm', ['rebuild', 'epoll', '--loglevel=error'], {
    npm_config_nodedir: join(ROOT, headers),
    npm_config_ignore_scripts: 'false',
    // The build must be for the Node that the project brings, whichever one runs this script.
    PATH: `${join(ROOT, 'node_modules', '.bin')}:${process.env.PATH}`,
  });
  await command(NODE, ['-e', "require('onoff')"]);
}

/** Runs a program; what it prints is shown, indented. */
function command(program, args, environment = {}) {
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream.setEncoding('utf8').on('data', (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop();
      for (const line of lines) if (line.trim()) console.log(`  ${line}`);
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Error(`${program} cannot be started: ${error.message}`)));
    child.on('close', (status, signal) => {
      if (status === 0) resolve();
      else
        reject(
          new Error(`'${[program, ...args].join(' ')}' ended with ${signal ?? status}; its output is above`),
        );
    });
  });
}

function readStamps() {
  try {
    return JSON.parse(readFileSync(STAMPS, 'utf8'));
  } catch {
    return {};
  }
}

/** One hash over the files named, and over all files of the folders named; tests do not count. */
function hashOf(paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap(filesOf)) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(ROOT, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesOf(path) {
  if (!statSync(join(ROOT, path)).isDirectory()) return [path];
  return readdirSync(join(ROOT, path), { recursive: true })
    .map((name) => join(path, name))
    .filter((file) => !file.endsWith('.test.ts') && statSync(join(ROOT, file)).isFile())
    .sort();
}
