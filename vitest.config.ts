import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,firmware,models,deploy,test}/**/*.test.ts'],
    // The machine that tests this has two cores, and most integration tests start processes of their own.
    maxWorkers: 2,
    // See docs/decisions/0012-no-telemetry.md.
    env: { ORT_DISABLE_TELEMETRY: '1' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts', 'firmware/**/*.ts', 'models/**/*.ts'],
      exclude: ['**/*.test.ts', 'src/wire/generated/**'],
      reporter: ['text-summary'],
    },
  },
});
