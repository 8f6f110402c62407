import { defineConfig } from 'vitest/config';
import { NOT_RUN, UNIT_TESTS } from './unit-tests.ts';

// vitest itself runs on this machine; what runs the tests is started as the program that this process claims to be.
process.execPath = process.env.LINTEL_ARM64_NODE!;

// biome-ignore lint/style/noDefaultExport: vitest wants it so
export default defineConfig({
  test: {
    include: UNIT_TESTS,
    exclude: Object.keys(NOT_RUN),
    pool: 'forks',
    // A start takes ten seconds there.
    isolate: false,
    env: { ORT_DISABLE_TELEMETRY: '1' },
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
