import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LintelError } from '../lintel-error.ts';
import { type I420Frame, I420Layout } from './i420.ts';
import { parseY4mHeader } from './y4m-header.ts';
import { type ByteSource, Y4mReader } from './y4m-reader.ts';
import { packY4mFrame, y4mFrameLength, y4mHeader } from './y4m-writer.ts';

/** Bytes in memory, and a count of the reads, so that a reader which never ends is seen. */
class MemorySource implements ByteSource {
  reads = 0;
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  async read(into: Uint8Array): Promise<number> {
    this.reads++;
    const part = this.#bytes.subarray(this.#at, this.#at + into.byteLength);
    into.set(part);
    this.#at += part.byteLength;
    return part.byteLength;
  }
}

const open = (bytes: Uint8Array): Promise<Y4mReader> => Y4mReader.open(new MemorySource(bytes));
const header = (line: string) => parseY4mHeader(Buffer.from(`${line}\nFRAME\n`));

describe('the head of a Y4M file', () => {
  it('gives size, rate and its own length', () => {
    const line = 'YUV4MPEG2 W1280 H719 F30000:1001 Ip A1:1 C420mpeg2 XYSCSS=420MPEG2 XCOLORRANGE=LIMITED';
    expect(header(line)).toMatchObject({
      layout: { width: 1280, height: 719, lumaStride: 1280 },
      framesPerSecond: 30_000 / 1_001,
      byteLength: line.length + 1,
    });
  });

  it.each(['C420', 'C420jpeg', 'C420mpeg2', 'C420paldv'])('takes colour space %s', (colours) => {
    expect(header(`YUV4MPEG2 W16 H16 F25:1 ${colours}`).layout.byteLength).toBe(384);
  });

  it.each([
    ['of 4:4:4', 'YUV4MPEG2 W64 H48 C444', 'Y4M_HEADER', 'C444'],
    ['of ten bits', 'YUV4MPEG2 W64 H48 C420p10', 'Y4M_HEADER', 'C420p10'],
    ['of luma alone', 'YUV4MPEG2 W64 H48 Cmono', 'Y4M_HEADER', 'Cmono'],
    ['that is interlaced', 'YUV4MPEG2 W64 H48 It', 'Y4M_HEADER', 'It'],
    ['without a height', 'YUV4MPEG2 W64', 'Y4M_HEADER', 'H'],
    ['of negative width', 'YUV4MPEG2 W-64 H48', 'Y4M_HEADER', '-64'],
    ['of a width past all numbers', `YUV4MPEG2 W${'9'.repeat(99)} H48`, 'Y4M_HEADER', 'W'],
    ['of no rate', 'YUV4MPEG2 W64 H48 F25:0', 'Y4M_HEADER', 'F25:0'],
    ['of 1x1', 'YUV4MPEG2 W1 H1', 'FRAME_SIZE', '1x1'],
    ['of 8000x8000', 'YUV4MPEG2 W8000 H8000', 'FRAME_SIZE', '8000x8000'],
    ['of another format', 'YUV4MPEG W64 H48', 'Y4M_NOT_Y4M', 'YUV4MPEG2'],
    ['that never ends', `YUV4MPEG2 W64 H48 X${'x'.repeat(10_000)}`, 'Y4M_NOT_Y4M', 'YUV4MPEG2'],
  ])('is refused by name when it is one %s', (_, line, code, named) => {
    expect(() => header(line)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(named) }),
    );
  });
});

describe('the Y4M reader', () => {
  it('gives back what the writer wrote, of any size and stride', async () => {
    await fc.assert(
      fc.asyncProperty(pictures(), async ({ padded, packed, bytes }) => {
        const stream = new Uint8Array(y4mFrameLength(padded));
        packY4mFrame(padded.view(bytes), stream);
        const reader = await open(Buffer.concat([y4mHeader(padded, 12.5), stream, stream]));
        const wrote = samples(padded.view(bytes));
        const slot = new Uint8Array(packed.byteLength);
        for (let frame = 0; frame < 2; frame++) {
          expect(await reader.read(slot.fill(0))).toBe(true);
          expect(samples(packed.view(slot))).toEqual(wrote);
        }
        expect(await reader.read(slot)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('reads past the parameters of a FRAME line', async () => {
    const pixels = new Uint8Array(384).fill(10);
    const frame = Buffer.concat([Buffer.from(`FRAME Ip X${'x'.repeat(200)}\n`), pixels]);
    const reader = await open(Buffer.concat([Buffer.from('YUV4MPEG2 W16 H16\n'), frame, frame]));
    const slot = new Uint8Array(384);
    for (let round = 0; round < 2; round++) {
      expect(await reader.read(slot.fill(0))).toBe(true);
      expect(slot).toEqual(pixels);
    }
    expect(await reader.read(slot)).toBe(false);
  });

  it('says where it lost the frames', async () => {
    const frame = Buffer.concat([Buffer.from('FRAME\n'), new Uint8Array(384)]);
    const reader = await open(Buffer.concat([Buffer.from('YUV4MPEG2 W16 H16\n'), frame, frame.subarray(1)]));
    const slot = new Uint8Array(384);
    await reader.read(slot);
    await expect(reader.read(slot)).rejects.toMatchObject({
      code: 'Y4M_FRAME',
      message: expect.stringContaining('frame 2'),
    });
  });

  it('delivers whole frames only, wherever the file is cut', async () => {
    const layout = new I420Layout(17, 16);
    const frame = new Uint8Array(y4mFrameLength(layout));
    packY4mFrame(layout.view(new Uint8Array(layout.byteLength).fill(7)), frame);
    const start = y4mHeader(layout, 25);
    const whole = Buffer.concat([start, frame, frame, frame]);
    for (let cut = start.byteLength; cut < whole.byteLength; cut++) {
      const into = cut - start.byteLength;
      const outcome = await drain(whole.subarray(0, cut));
      expect(outcome.frames).toBe(Math.floor(into / frame.byteLength));
      expect(outcome.error?.code).toBe(into % frame.byteLength === 0 ? undefined : 'Y4M_CUT');
    }
  });

  it('ends on any bytes whatever, with frames or with an error that says why', async () => {
    const noise = fc.uint8Array({ maxLength: 2_000 });
    const almost = fc
      .tuple(
        fc.stringMatching(/^[WHFIACX 0-9:p420jmono]{0,60}$/),
        fc.stringMatching(/^[FRAMEIp \n]{0,12}$/),
        noise,
      )
      .map(([parameters, line, rest]) =>
        Buffer.concat([
          Buffer.from(`YUV4MPEG2 W16 H17 ${parameters}\nFRAME\n`),
          new Uint8Array(432),
          Buffer.from(line),
          rest,
        ]),
      );
    await fc.assert(
      fc.asyncProperty(fc.oneof(noise, almost), async (bytes) => {
        const { error, reads } = await drain(bytes);
        expect(error === undefined || error instanceof LintelError).toBe(true);
        expect(reads).toBeLessThan(20);
      }),
      { numRuns: 500 },
    );
  });
});

/** Reads to the end, into a slot that is longer than a frame, and sees that nothing is written past the frame. */
async function drain(bytes: Uint8Array): Promise<{ frames: number; reads: number; error?: LintelError }> {
  const source = new MemorySource(bytes);
  let frames = 0;
  try {
    const reader = await Y4mReader.open(source);
    const { byteLength } = reader.header.layout;
    const slot = new Uint8Array(byteLength + 64).fill(0xa5, byteLength);
    try {
      while (await reader.read(slot)) frames++;
    } finally {
      expect(slot.subarray(byteLength).every((byte) => byte === 0xa5)).toBe(true);
    }
    return { frames, reads: source.reads };
  } catch (error) {
    return { frames, reads: source.reads, error: error as LintelError };
  }
}

function pictures() {
  const side = fc.integer({ min: 16, max: 40 });
  return fc.tuple(side, side, fc.integer({ min: 0, max: 9 })).chain(([width, height, padding]) => {
    const padded = new I420Layout(width, height, width + padding);
    return fc
      .uint8Array({ minLength: padded.byteLength, maxLength: padded.byteLength })
      .map((bytes) => ({ padded, packed: new I420Layout(width, height), bytes }));
  });
}

/** A frame's samples, plane after plane and row after row, without what pads the rows. */
function samples({ layout, y, u, v }: I420Frame): number[] {
  const rows = (plane: Uint8Array, stride: number, width: number): number[] =>
    Array.from(plane).filter((_, at) => at % stride < width);
  const chroma = [layout.chromaStride, layout.chromaWidth] as const;
  return [...rows(y, layout.lumaStride, layout.width), ...rows(u, ...chroma), ...rows(v, ...chroma)];
}
