/** What is run under the emulated processor: the tests that stand beside the code of a camera. */
export const UNIT_TESTS = ['{src,firmware}/**/*.test.ts'];

/** What of those is left out, and what besides, each with why. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  'firmware/gpio/gpio-lines.test.ts':
    'qemu-user passes on no calls to GPIO chips; npm run test:device makes them on arm64',
  'src/monitor/**/*.test.ts': 'it does not run on a camera',
  'test/**/*.test.ts':
    'whole programs, browsers, brokers and benches; npm run test:device runs vision on arm64',
  '{deploy,models}/**/*.test.ts': 'they make what runs on a camera, and run on the machine that makes it',
};
