import { expect, it } from 'vitest';
import { type Ended, lackForCamera, prepareCamera, runWithCamera } from './camera/inside.ts';
import { runInside } from './gpio-fuse/inside.ts';

// The camera driver `native` on Debian's libcamera, whose virtual camera shows pictures from files; and the whole program
// with it, by that driver and by another one.

const PROGRAMS = [
  ['test/device/guest/camera-native.ts', 15],
  ['test/device/camera/faults.ts', 7],
] as const;

const lack = lackForCamera();
const ended: Ended[] = [];
if (!lack) {
  const place = await prepareCamera();
  ended.push(...(await Promise.all(PROGRAMS.map(([program]) => runWithCamera(place, program)))));
  process.env.LINTEL_CAMERA_PLACE = JSON.stringify(place);
  await runInside('camera-report', 2);
}

it('a virtual camera can be had on this machine', () => {
  if (lack) throw new Error(`not run, because this machine lacks ${lack}`);
});

for (const [at, { lines, status, stderr }] of ended.entries()) {
  const [program, atLeast] = PROGRAMS[at]!;
  const checks = lines.filter((line) => 'check' in line);
  it(`every test in ${program} was run, and nothing failed outside of them`, () => {
    expect(checks.length).toBeGreaterThanOrEqual(atLeast);
    if (checks.every(({ error }) => error === undefined)) {
      expect({ status, stderr }).toMatchObject({ status: 0 });
    }
  });
  for (const { check, error } of checks) it(check, () => expect(error).toBeUndefined());
}
