import { defineConfig } from 'vitest/config';

/** For the tests that need the stand-in: `gpio-fuse.test.ts` runs them where it is mounted. */
// biome-ignore lint/style/noDefaultExport: vitest wants it so
export default defineConfig({
  test: { include: ['test/device/gpio-fuse/*.inside.ts'], testTimeout: 20_000, maxWorkers: 1 },
});
