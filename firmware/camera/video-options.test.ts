import { expect, it } from 'vitest';
import { videoOptions } from './video-options.ts';

const SENSOR = { width: 1280, height: 720, framesPerSecond: 10 };

it.each([
  '/run/lintel; touch owned',
  '/run/$(touch owned)/frames',
  '/run/`id`/frames',
  '/run/a b/frames',
  "/run/'/frames",
  '/run/a\nb',
  '-o',
  'frames',
  '/run/%d',
  '',
])('a pipe whose name a shell could take for more is refused: %j', (output) => {
  expect(() => videoOptions(SENSOR, output)).toThrow(expect.objectContaining({ code: 'CAMERA_OPTION' }));
});

it.each([
  ['width', '1280; touch owned'],
  ['height', '$(id)'],
  ['framesPerSecond', '10 --codec h264'],
])('a %s that is no number is refused, wherever it came from', (name, value) => {
  const sensor = { ...SENSOR, [name]: value };
  expect(() => videoOptions(sensor, '/run/frames')).toThrow(
    expect.objectContaining({ code: 'CAMERA_OPTION' }),
  );
});

it('what is left are words without a meaning to a shell', () => {
  const options = videoOptions({ ...SENSOR, framesPerSecond: 1 / 3 }, '/run/lintel-fifo-aB3_x/frames');
  expect(Object.entries(options).join(' ')).toMatch(/^[A-Za-z0-9 ,./_-]+$/);
});
