import { parseArgs } from 'node:util';
import { standIn } from './stand-in.ts';

// A stand-in for libcamera's `cam`, of which it takes the options that are used here: NV12 to a file, a line for each
// start on the standard output, at a rate of its own.

const { values } = parseArgs({
  options: {
    camera: { type: 'string' },
    capture: { type: 'boolean' },
    'strict-formats': { type: 'boolean' },
    stream: { type: 'string' },
    file: { type: 'string' },
  },
});
const stream = Object.fromEntries((values.stream ?? '').split(',').map((pair) => pair.split('=')));
if (values.camera !== '1' || !values.capture || !values['strict-formats'] || stream.pixelformat !== 'NV12') {
  throw new Error(`not the options of a stream of NV12: ${process.argv.slice(2).join(' ')}`);
}
process.stdout.write('Using camera stand-in as cam0\n');
const width = Number(stream.width);
await standIn({
  output: values.file!,
  width,
  height: Number(stream.height),
  framesPerSecond: 15,
  order: 'nv12',
  stride: width,
});
