import { defineConfig } from 'vitest/config';

// biome-ignore lint/style/noDefaultExport: vitest wants it so
export default defineConfig({
  test: {
    include: ['test/image/*.image.ts'],
    // One machine has the host to itself.
    fileParallelism: false,
    maxWorkers: 1,
    reporters: ['verbose'],
    testTimeout: 3_600_000,
    hookTimeout: 3_600_000,
  },
});
