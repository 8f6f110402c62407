import { parseArgs } from 'node:util';
import { standIn } from './stand-in.ts';

// A stand-in for `rpicam-vid`, and for `libcamera-vid` before it, of which it takes the options that are used here. Like
// that program it writes I420 whose luma rows are padded to 64 bytes. It is no camera's program and shows that none of
// the real one's own faults.

const { values } = parseArgs({
  options: {
    width: { type: 'string' },
    height: { type: 'string' },
    framerate: { type: 'string' },
    codec: { type: 'string' },
    timeout: { type: 'string' },
    output: { type: 'string' },
    nopreview: { type: 'boolean' },
    flush: { type: 'boolean' },
    verbose: { type: 'string' },
  },
});
const { codec, timeout, nopreview, flush, output } = values;
if (codec !== 'yuv420' || timeout !== '0' || !nopreview || !flush || output === undefined) {
  throw new Error(`not the options of an endless stream of raw frames: ${process.argv.slice(2).join(' ')}`);
}
const width = Number(values.width);
await standIn({
  output,
  width,
  height: Number(values.height),
  framesPerSecond: Number(values.framerate),
  order: 'i420',
  stride: Math.ceil(width / 64) * 64,
});
