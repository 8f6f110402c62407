import { defineConfig } from 'vitest/config';

/** For the tests that need the stand-in: `inside.ts` runs them where it is mounted. */
// biome-ignore lint/style/noDefaultExport: vitest wants it so
export default defineConfig({
  test: {
    include: ['test/device/{gpio-fuse,guard,camera-report}/*.inside.ts'],
    testTimeout: 60_000,
    maxWorkers: 1,
  },
});
